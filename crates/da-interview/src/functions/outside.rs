//! What an interview wants done in the world: mail, and work in the background. All of it is an effect,
//! done after the answers are saved; nothing happens here.

use super::function;
use crate::assemble::{EngineHost, from_plain, to_plain};
use da_core::{Effect, Keeping, KeptValue, Plain};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("send_email", send_email),
    function("background_action", background_action),
    function("background_result", background_result),
    function("is_worker", is_worker),
    function("set_save_status", set_save_status),
    function("force", force),
    function("is_variable_name", is_variable_name),
];

/// `send_email(letter)`: queues mail; says whether there is a way to send it, and whether it can be sent as it is written.
fn send_email(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [letter] = args.bind(vm, "send_email", ["letter"], 1)?;
    let letter = to_plain(vm, letter.unwrap_or(Value::None))?;
    let host = EngineHost::of(vm);
    let refusal = match host.sends_mail {
        true => host.world().mail_refused(&letter),
        false => Some("the configuration has no `mail`".to_owned()),
    };
    if let Some(why) = refusal {
        host.effect(Effect::Log(format!("send_email: the mail is not sent: {why}")));
        return Ok(Value::False);
    }
    host.effect(Effect::Mail(letter));
    Ok(Value::True)
}

/// `background_action(action, arguments, notification)`: queues an action for a worker; the name of the task.
fn background_action(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [action, arguments, notification] =
        args.bind(vm, "background_action", ["action", "arguments", "notification"], 2)?;
    let action = vm.to_str(action.unwrap_or(Value::None))?;
    let kept = vm.snapshot(arguments.unwrap_or(Value::None));
    let arguments = match kept {
        Ok(snapshot) => KeptValue(snapshot.bytes),
        Err(error) => {
            return Err(
                vm.type_error(format!("the arguments of the background action {action} cannot be kept: {error}"))
            );
        }
    };
    let notification = match to_plain(vm, notification.unwrap_or(Value::None))? {
        Plain::Text(text) => Some(text),
        _ => None,
    };
    let host = EngineHost::of(vm);
    let task = host.random_letters(24);
    host.effect(Effect::Background { task: task.clone(), action, arguments, notification });
    vm.str(task)
}

/// `background_result(task)`: what a task ended with, a dictionary; None as long as it is not over.
fn background_result(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [task] = args.bind(vm, "background_result", ["task"], 1)?;
    let task = vm.to_str(task.unwrap_or(Value::None))?;
    let world = EngineHost::find(vm).map(|host| host.world());
    let Some(result) = world.and_then(|world| world.work_result(&task)) else { return Ok(Value::None) };
    let text = |text: String| Plain::Text(text);
    let about = match result.error {
        None => vec![],
        Some(error) => vec![
            ("error_type".to_owned(), text(error.class)),
            ("error_message".to_owned(), text(error.message)),
            ("error_trace".to_owned(), error.trace.map_or(Plain::Null, text)),
        ],
    };
    let told = from_plain(vm, &Plain::Map(about))?;
    vm.root(told);
    let value = match result.value.0.is_empty() {
        true => Value::None,
        false => match vm.restore(&result.value.0) {
            Ok(value) => value,
            Err(error) => {
                return Err(vm.value_error(format!("what the task ended with cannot be read back: {error}")));
            }
        },
    };
    vm.dict_set_str(told, "value", value)?;
    Ok(told)
}

/// `is_worker()`: whether a worker evaluates, and nobody looks at a screen.
fn is_worker(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    Ok(Value::from(EngineHost::of(vm).is_worker))
}

/// `set_save_status(status)`: whether this evaluation makes a step, changes the last one, or is not kept.
fn set_save_status(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [status] = args.bind(vm, "set_save_status", ["status"], 1)?;
    let status = vm.to_str(status.unwrap_or(Value::None))?;
    EngineHost::of(vm).keeping = match status.as_str() {
        "overwrite" => Keeping::Overwrite,
        "ignore" => Keeping::Ignore,
        _ => Keeping::Usual,
    };
    Ok(Value::None)
}

/// `force(name)`: seeks a variable even though it may be defined.
fn force(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "force", ["name"], 1)?;
    let name = vm.to_str(name.unwrap_or(Value::None))?;
    EngineHost::of(vm).forced = Some(name.clone());
    Err(vm.name_error(&name))
}

/// `is_variable_name(name)`: whether a text names a variable, and does nothing else.
fn is_variable_name(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "is_variable_name", ["name"], 1)?;
    let name = vm.to_str(name.unwrap_or(Value::None))?;
    Ok(Value::from(da_python::machine::names::parse_target(&name).is_ok()))
}
