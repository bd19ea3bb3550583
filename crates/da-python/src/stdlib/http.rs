//! `_http`: the host's way to other servers. `requests` is made of it.
//!
//! A failure comes back as data: what it means to a script is said in Python.

use std::time::Duration;

use crate::error::PyResult;
use crate::http::{HttpFailure, HttpHead, HttpRequest, HttpResponse};
use crate::native::{Args, NativeFunction};
use crate::types::arguments::{natives, positional};
use crate::value::Value;
use crate::vm::Vm;

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! { "ask" => ask };

/// What a request costs besides its bytes: as much as a few thousand instructions.
const COST: u64 = 5_000;

/// `ask(method, url, headers, body, follow, timeout)`: `(head, body, history, took)`, or `(kind, message)` for a failure. `headers` are
/// pairs, `body` is bytes, `timeout` are milliseconds or `None`; a head is `(url, status, reason, headers)`,
/// `took` are microseconds.
fn ask(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "ask", 6, 6)?.to_vec();
    let mut headers = Vec::new();
    for pair in vm.collect(given[2])? {
        let pair = vm.collect(pair)?;
        if let [name, value] = pair[..] {
            headers.push((vm.to_str(name)?, vm.to_str(value)?));
        }
    }
    let body = vm.as_bytes(given[3]).unwrap_or_default().to_vec();
    vm.pay(COST + body.len() as u64 / 8)?;
    let request = HttpRequest {
        method: vm.to_str(given[0])?,
        url: vm.to_str(given[1])?,
        headers,
        body,
        follows_redirects: vm.truth(given[4])?,
        timeout: timeout(vm, given[5])?,
    };
    let answered = vm.host().http(&request);
    vm.ask_the_time()?;
    match answered {
        Ok(response) => told(vm, &response),
        Err(failure) => refused(vm, failure),
    }
}

fn timeout(vm: &mut Vm<'_>, milliseconds: Value) -> PyResult<Option<Duration>> {
    if matches!(milliseconds, Value::None) {
        return Ok(None);
    }
    let millis = vm.index(milliseconds)?;
    Ok(Some(Duration::from_millis(u64::try_from(millis).unwrap_or(0))))
}

fn told(vm: &mut Vm<'_>, response: &HttpResponse) -> PyResult {
    vm.heap.would_fit(response.body.len())?;
    vm.pay(response.body.len() as u64 / 8)?;
    let head = told_head(vm, &response.head)?;
    let body = vm.bytes(&response.body)?;
    let mut history = Vec::with_capacity(response.history.len());
    for head in &response.history {
        history.push(told_head(vm, head)?);
    }
    let history = vm.list(history)?;
    let took = Value::Int(i64::try_from(response.took.as_micros()).unwrap_or(i64::MAX));
    vm.tuple(vec![head, body, history, took])
}

fn told_head(vm: &mut Vm<'_>, head: &HttpHead) -> PyResult {
    let mut headers = Vec::with_capacity(head.headers.len());
    for (name, value) in &head.headers {
        let pair = vec![vm.str(name.as_str())?, vm.str(value.as_str())?];
        headers.push(vm.tuple(pair)?);
    }
    let parts = vec![
        vm.str(head.url.as_str())?,
        Value::Int(i64::from(head.status)),
        vm.str(head.reason.as_str())?,
        vm.list(headers)?,
    ];
    vm.tuple(parts)
}

fn refused(vm: &mut Vm<'_>, failure: HttpFailure) -> PyResult {
    let parts = vec![vm.str(failure.kind.name())?, vm.str(failure.message)?];
    vm.tuple(parts)
}
