//! The instructions of the virtual machine.
//!
//! A stack machine: operands are taken from the top of the frame's stack and results are put there.
//! In the comments `a b -> c` shows the stack before and after, its top at the right.

/// One instruction. Jump targets are indexes into `Code::ops`; `names`, `consts`, `locals` and
/// cell indexes are those of the [`Code`](super::Code) that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    // --- the stack itself ---------------------------------------------------------------------
    /// Does nothing.
    Nop,
    /// `a ->`
    Pop,
    /// `a -> a a`
    Dup,
    /// `a b -> a b a b`
    DupTwo,
    /// `a b -> b a`
    Swap,
    /// `a b c -> c a b`
    RotThree,
    /// `a b c d -> d a b c`
    RotFour,
    /// `-> const`
    Const(u32),

    // --- names --------------------------------------------------------------------------------
    /// `-> value`; `UnboundLocalError` when unset.
    LoadLocal(u32),
    /// `value ->`
    StoreLocal(u32),
    /// Unsets a local.
    DeleteLocal(u32),
    /// `-> value`; a local that, when unset, is looked up as a global of the same name (templates).
    LoadLocalOrGlobal(u32),
    /// `-> value` of a cell; `NameError` for an unset free variable, `UnboundLocalError` for an own one.
    LoadCell(u32),
    /// `-> value` of a cell that, when unset, is looked up as a global of the same name (templates).
    LoadCellOrGlobal(u32),
    /// `value ->`
    StoreCell(u32),
    /// Unsets a cell.
    DeleteCell(u32),
    /// `-> cell`, for [`Op::MakeFunction`].
    LoadClosure(u32),
    /// `-> value`: in a class body, the body's mapping first, then the cell.
    LoadClassCell(u32),
    /// `-> value`: globals (with their parents), then built-ins.
    LoadGlobal(u32),
    /// `value ->`
    StoreGlobal(u32),
    /// Deletes a global.
    DeleteGlobal(u32),
    /// `-> value`: the local mapping (module, block or class body), then globals, then built-ins.
    LoadName(u32),
    /// `value ->`, into the local mapping.
    StoreName(u32),
    /// Deletes from the local mapping.
    DeleteName(u32),
    /// Makes `__annotations__`, an empty dict, in the local mapping unless it is there already.
    SetupAnnotations,

    // --- attributes and items -----------------------------------------------------------------
    /// `object -> value`
    LoadAttr(u32),
    /// `value object ->`
    StoreAttr(u32),
    /// `object ->`
    DeleteAttr(u32),
    /// `object -> function receiver` when the attribute is a plain method of the class, else
    /// `object -> value nothing`. Followed by [`Op::CallMethod`] after the arguments.
    LoadMethod(u32),
    /// `object key -> value`
    LoadItem,
    /// `value object key ->`
    StoreItem,
    /// `object key ->`
    DeleteItem,
    /// `start stop step -> slice`; absent ones are `None`.
    BuildSlice,

    // --- operators ----------------------------------------------------------------------------
    /// `a b -> a op b`
    Binary(BinaryOp),
    /// `a b -> a op= b`
    InPlace(BinaryOp),
    /// `a -> op a`
    Unary(UnaryOp),
    /// `a b -> a op b`
    Compare(CompareOp),

    // --- building -----------------------------------------------------------------------------
    /// `n items -> tuple`
    BuildTuple(u32),
    /// `n items -> list`
    BuildList(u32),
    /// `n items -> set`
    BuildSet(u32),
    /// `n times key value -> dict`
    BuildDict(u32),
    /// `n texts -> str`
    BuildString(u32),
    /// `value -> str`, or with a specification `value spec -> str`.
    FormatValue {
        /// `!r`, `!s`, `!a` or none.
        conversion: Conversion,
        /// Whether a specification lies on the stack.
        spec: bool,
    },
    /// `value ->`; appends to the list that then lies `n` below the top (0 is the top).
    ListAppend(u32),
    /// `value ->`; adds to the set `n` below the top.
    SetAdd(u32),
    /// `key value ->`; inserts into the dict `n` below the top.
    DictInsert(u32),
    /// `list iterable -> list`, extended.
    ListExtend,
    /// `set iterable -> set`, updated.
    SetUpdate,
    /// `dict mapping -> dict`, updated (`{**a}`).
    DictUpdate,
    /// `dict mapping -> dict`, updated; a key that is there already is a `TypeError` (`f(**a, **b)`).
    DictMerge,
    /// `list -> tuple`
    ListToTuple,
    /// `iterable -> n items`, the first on top.
    Unpack(u32),
    /// `iterable -> items`, with `before` items, a list of the rest, and `after` items; the first on top.
    UnpackRest {
        /// How many come before the starred target.
        before: u16,
        /// How many come after it.
        after: u16,
    },

    // --- control ------------------------------------------------------------------------------
    /// Goes on at the target.
    Jump(u32),
    /// `a ->`; jumps if `a` is true.
    JumpIfTrue(u32),
    /// `a ->`; jumps if `a` is false.
    JumpIfFalse(u32),
    /// Jumps and keeps `a` if it is true; else pops it.
    JumpIfTrueOrPop(u32),
    /// Jumps and keeps `a` if it is false; else pops it.
    JumpIfFalseOrPop(u32),
    /// `iterable -> iterator`
    GetIter,
    /// `iterator -> iterator item`, or `iterator ->` and a jump at its end.
    ForIter(u32),
    /// `value ->`; leaves the frame.
    Return,
    /// `value -> sent`; hands `value` out of the generator.
    Yield,
    /// `iterator value -> result`; `yield from`: resumes the inner iterator until it ends, handing
    /// its values out and passing on what is sent or thrown.
    YieldFrom,

    // --- calls --------------------------------------------------------------------------------
    /// `callable n arguments -> result`
    Call(u32),
    /// `function receiver n arguments -> result`, after [`Op::LoadMethod`].
    CallMethod(u32),
    /// `callable n arguments -> result`; the last arguments have the names of the tuple constant.
    CallKeywords {
        /// How many arguments, those with names included.
        count: u16,
        /// The index of the tuple of names among the constants.
        names: u16,
    },
    /// `function receiver n arguments -> result`, with names.
    CallMethodKeywords {
        /// How many arguments, those with names included.
        count: u16,
        /// The index of the tuple of names among the constants.
        names: u16,
    },
    /// `callable list dict -> result`, for `f(*a, **b)`; the dict may be `None`.
    CallSpread,
    /// `[defaults] [keyword defaults] [annotations] [closure] code -> function`; which of the
    /// optional ones (tuple, dict, dict, tuple of cells) are there is said by the flags, lowest bit first.
    MakeFunction(u32),
    /// `function name bases... -> class`: `count` bases lie on the stack. The function is the body.
    BuildClass(u32),
    /// `function name list dict -> class`, for bases and keywords that are spread or named.
    BuildClassSpread,

    // --- exceptions ---------------------------------------------------------------------------
    /// Guards what follows: an exception cuts the stack back to its present height, pushes itself
    /// as the exception being handled, and goes on at the target with the exception on the stack. The
    /// guard ends when it catches, and what was being handled since it began no longer is.
    PushHandler(u32),
    /// Ends the newest guard.
    PopHandler,
    /// `exception class -> exception bool`: does the exception match (class or tuple of classes)?
    MatchException,
    /// The handler is done: the exception is no longer being handled. Touches no stack.
    EndHandler,
    /// Raises what is being handled again (bare `raise`); `RuntimeError` when nothing is.
    Reraise,
    /// `exception ->`; raises it as it is, keeping its traceback (the end of a `finally`, or of
    /// handlers that did not match). Also ends the handling of it.
    RaiseAgain,
    /// `exception ->`; `raise exception`
    Raise,
    /// `exception cause ->`; `raise exception from cause`
    RaiseFrom,
    /// `manager -> exit value`: calls `__enter__`; `exit` is the bound `__exit__`.
    EnterWith,
    /// `exit exception -> exit exception bool`: calls `exit` with the exception's three values.
    CallExit,
    /// `message -> ` raises `AssertionError(message)`; with `None` without one.
    RaiseAssertion,

    // --- imports ------------------------------------------------------------------------------
    /// `-> module`: `import name` with a level. Binds the first package (`top`) or the module itself.
    ImportName {
        /// The index of the dotted name.
        name: u32,
        /// How many dots it is relative by.
        level: u8,
        /// Whether the top package is wanted (`import a.b`) or the module (`import a.b as c`, `from`).
        top: bool,
    },
    /// `module -> module value`
    ImportFrom(u32),
    /// `module ->`; `from module import *` into the local mapping.
    ImportStar,

    // --- match --------------------------------------------------------------------------------
    /// `subject -> subject bool`: is it a sequence (not text) of this length?
    MatchSequence {
        /// The number of patterns, a star not counted.
        count: u16,
        /// Whether a star takes the rest.
        rest: bool,
    },
    /// `subject -> subject bool`: is it a mapping?
    MatchMapping,
    /// `subject keys -> subject values bool`: `keys` is a tuple; `values` a tuple of what they map
    /// to, or `None` when one is missing.
    MatchKeys,
    /// `subject keys -> subject dict`: the entries of the mapping without `keys`.
    MatchRest,
    /// `subject class names -> subject values bool`: is it an instance; `values` holds `positional`
    /// sub-subjects by `__match_args__` and those of the tuple `names`, or `None`.
    MatchClass(u32),

    // --- several at once: only inside of `Ops`, see `code::quick` ------------------------------
    /// `LoadLocal`, `LoadLocal`
    LoadLocals {
        /// The first.
        first: u16,
        /// The second.
        second: u16,
    },
    /// `LoadLocal`, `Return`
    ReturnLocal(u16),
    /// `StoreLocal`, `LoadLocal`
    StoreLoad {
        /// The local that is set.
        to: u16,
        /// The local that is loaded.
        from: u16,
    },
    /// `LoadLocal`, `LoadAttr`
    LoadLocalAttr {
        /// The local.
        local: u16,
        /// The name.
        name: u16,
    },
    /// `LoadLocal`, `LoadMethod`
    LoadLocalMethod {
        /// The local.
        local: u16,
        /// The name.
        name: u16,
    },
    /// `LoadLocal`, `LoadLocal`, `Binary` or `InPlace`
    BinaryLocals {
        /// The operator.
        op: BinaryOp,
        /// The local on the left.
        a: u16,
        /// The local on the right.
        b: u16,
    },
    /// `LoadLocal`, a whole number, `Binary` or `InPlace`
    BinaryLocalInt {
        /// The operator.
        op: BinaryOp,
        /// The local.
        local: u16,
        /// The number on the right.
        int: i32,
    },
    /// `LoadLocal`, `Binary` or `InPlace`
    BinaryLocal {
        /// The operator.
        op: BinaryOp,
        /// The local on the right.
        local: u16,
    },
    /// A whole number, `Binary` or `InPlace`
    BinaryInt {
        /// The operator.
        op: BinaryOp,
        /// Which constant the number is.
        constant: u16,
        /// The number on the right.
        int: i32,
    },
    /// `Compare`, `JumpIfFalse` or, with the comparison turned round, `JumpIfTrue`
    CompareJump {
        /// The comparison that goes on.
        op: CompareOp,
        /// Where it jumps otherwise.
        target: u32,
    },
    /// `LoadLocal`, a whole number, and what `CompareJump` does
    CompareLocalIntJump {
        /// The comparison that goes on.
        op: CompareOp,
        /// The local.
        local: u16,
        /// The number on the right.
        int: i16,
        /// Where it jumps otherwise.
        target: u16,
    },
    /// `LoadLocal`, `LoadLocal`, and what `CompareJump` does
    CompareLocalsJump {
        /// The comparison that goes on.
        op: CompareOp,
        /// The local on the left.
        a: u16,
        /// The local on the right.
        b: u16,
        /// Where it jumps otherwise.
        target: u16,
    },
    /// `ForIter`, `Unpack(2)`
    ForIterPair {
        /// Where the loop ends.
        target: u32,
    },
    /// `ForIter`, `StoreLocal`
    ForIterStore {
        /// The local.
        local: u16,
        /// Where the loop ends.
        target: u32,
    },
}

/// Operators of two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `@`
    MatMul,
    /// `<<`
    LShift,
    /// `>>`
    RShift,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
}

/// Operators of one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `not`
    Not,
    /// `-`
    Neg,
    /// `+`
    Pos,
    /// `~`
    Invert,
}

/// Comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `in` (`a b -> a in b`)
    In,
    /// `not in`
    NotIn,
}

/// How a value in an f-string is turned into text first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// By `format` itself.
    None,
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}
