//! Attributes of frames and tracebacks. They show; only `tb_next` can be set.

use super::native;
use super::operator::argument;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{FramePicture, Object, Traceback, Value};
use crate::vm::Vm;
use std::sync::Arc;

fn frame(vm: &mut Vm<'_>, args: &Args) -> PyResult<FramePicture> {
    let v = argument(vm, args, 0)?;
    match vm.heap.object(v) {
        Some(Object::Frame(frame)) => Ok((**frame).clone()),
        _ => Err(vm.type_error("descriptor requires a 'frame' object")),
    }
}

fn link(vm: &mut Vm<'_>, args: &Args) -> PyResult<Traceback> {
    let v = argument(vm, args, 0)?;
    match vm.heap.object(v) {
        Some(Object::Traceback(link)) => Ok(**link),
        _ => Err(vm.type_error("descriptor requires a 'traceback' object")),
    }
}

pub(super) static FRAME_METHODS: &[NativeFunction] = &[
    // The variables of a picture belong to nobody else.
    native("clear", |vm, args| frame(vm, args).map(|_| Value::None)),
];

pub(super) static FRAME_GETTERS: &[NativeFunction] = &[
    native("f_code", |vm, args| {
        let code = frame(vm, args)?.code;
        vm.make(Object::Code(code))
    }),
    native("f_lineno", |vm, args| frame(vm, args).map(|frame| Value::Int(i64::from(frame.line())))),
    native("f_lasti", |vm, args| frame(vm, args).map(|frame| Value::Int(frame.instruction))),
    native("f_globals", |vm, args| frame(vm, args).map(|frame| frame.globals)),
    native("f_builtins", |vm, _| Ok(vm.builtins)),
    native("f_back", |vm, args| frame(vm, args).map(|frame| frame.back)),
    native("f_trace", |_, _| Ok(Value::None)),
    native("f_locals", |vm, args| match frame(vm, args)?.locals {
        Value::None => vm.dict(),
        locals => Ok(locals),
    }),
];

pub(super) static TRACEBACK_GETTERS: &[NativeFunction] = &[
    native("tb_frame", |vm, args| link(vm, args).map(|link| link.frame)),
    native("tb_lineno", |vm, args| link(vm, args).map(|link| Value::Int(link.line))),
    native("tb_lasti", |vm, args| link(vm, args).map(|link| Value::Int(link.instruction))),
    native("tb_next", |vm, args| link(vm, args).map(|link| link.next)),
];

/// How a frame shows itself.
pub(crate) fn shown(frame: &FramePicture, address: u64) -> String {
    let (file, line, name) = (Arc::clone(&frame.code.file), frame.line(), frame.code.name.text());
    format!("<frame at {address:#x}, file '{file}', line {line}, code {name}>")
}
