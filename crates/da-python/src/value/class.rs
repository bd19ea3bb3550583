//! The data of a class.

use super::Value;
use std::sync::Arc;

/// A class, built in, native or written in Python.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its name.
    pub name: Arc<str>,
    /// The dotted name inside its module.
    pub qualname: Arc<str>,
    /// The module that it belongs to; with `qualname` this is how a snapshot names it.
    pub module: Arc<str>,
    /// Its direct bases.
    pub bases: Box<[Value]>,
    /// The order of resolution, itself first.
    pub mro: Box<[Value]>,
    /// Its attributes: a dict.
    pub attributes: Value,
    /// What its instances are made of.
    pub kind: ClassKind,
    /// The class of the class, `type` for most.
    pub metaclass: Value,
    /// Where it comes from. Native functions found on a class that is not [`Origin::Script`] bind
    /// their receiver.
    pub origin: Origin,
    /// Which of the special methods that decide about attributes it has or inherits.
    pub hooks: Hooks,
    /// The names of `__slots__`, if the class says so: it gives its instances no attributes beyond these.
    pub slots: Option<Box<[Arc<str>]>>,
}

/// Where a class comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Written in Python.
    Script,
    /// Registered by native code.
    Native,
    /// Part of the language.
    Builtin,
}

/// Special methods that decide about attributes, so that most accesses need not look for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hooks {
    /// `__getattribute__`
    pub get: bool,
    /// `__getattr__`
    pub miss: bool,
    /// `__setattr__`
    pub set: bool,
    /// `__delattr__`
    pub delete: bool,
    /// `__class__`: instances may say that they are of another class than they are.
    pub class: bool,
}

/// What the instances of a class are made of; inherited from the first base that says more than
/// [`ClassKind::Plain`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassKind {
    /// Attributes alone.
    Plain,
    /// An exception.
    Exception,
    /// The named built-in type is inside (`class Mine(list)`).
    Builtin(Builtin),
    /// Data of native code is inside (`datetime`, a compiled pattern).
    Native,
}

/// Makes the types and the table that tells of each.
macro_rules! builtin_types {
    ($($variant:ident $name:literal $public:literal,)*) => {
        /// The built-in types that a class can extend and that values are directly made of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each is the type of that name")]
        pub enum Builtin { $($variant,)* }

        impl Builtin {
            /// All of them, a base before what derives from it, with their Python names and whether the name is
            /// a built-in one.
            pub(crate) const ALL: [(Builtin, &'static str, bool); [$($name),*].len()] =
                [$((Builtin::$variant, $name, $public),)*];
        }
    };
}

builtin_types! {
    Object "object" true,
    Type "type" true,
    NoneType "NoneType" false,
    NotImplementedType "NotImplementedType" false,
    Ellipsis "ellipsis" false,
    Int "int" true,
    Bool "bool" true,
    Float "float" true,
    Complex "complex" true,
    Str "str" true,
    Bytes "bytes" true,
    ByteArray "bytearray" true,
    MemoryView "memoryview" true,
    List "list" true,
    Tuple "tuple" true,
    Dict "dict" true,
    Set "set" true,
    FrozenSet "frozenset" true,
    Range "range" true,
    Slice "slice" true,
    Cell "cell" false,
    Function "function" false,
    NativeFunction "builtin_function_or_method" false,
    Method "method" false,
    Module "module" false,
    Property "property" true,
    StaticMethod "staticmethod" true,
    ClassMethod "classmethod" true,
    Super "super" true,
    Iterator "iterator" false,
    Map "map" true,
    Filter "filter" true,
    Zip "zip" true,
    Enumerate "enumerate" true,
    Reversed "reversed" true,
    DictKeys "dict_keys" false,
    DictValues "dict_values" false,
    DictItems "dict_items" false,
    Generator "generator" false,
    Code "code" false,
    Frame "frame" false,
    Traceback "traceback" false,
    Weak "weakcell" false,
    Member "member_descriptor" false,
}
