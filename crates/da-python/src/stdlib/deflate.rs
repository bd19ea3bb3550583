//! `_zlib`: compression and its checksums. What is unpacked is counted while it grows, so that a small input cannot fill the memory.

use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::{natives, positional, work};
use crate::value::Value;
use crate::vm::Vm;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "adler32" => adler32,
    "compress" => compress,
    "crc32" => crc32,
    "decompress" => decompress,
};

/// How much is made before the room for more is asked for.
const PIECE: usize = 64 << 10;

fn bytes_of(vm: &mut Vm<'_>, value: Value) -> PyResult<Vec<u8>> {
    let Some(bytes) = vm.as_bytes(value) else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")));
    };
    let bytes = bytes.to_vec();
    work(vm, bytes.len().saturating_mul(2))?;
    Ok(bytes)
}

/// `compress(bytes, level, with_head)`
fn compress(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "compress", 3, 3)?.to_vec();
    let bytes = bytes_of(vm, given[0])?;
    let level = u32::try_from(vm.index(given[1])?).unwrap_or(6).min(9);
    let head = vm.truth(given[2])?;
    vm.pay(bytes.len() as u64 * 2)?;
    let mut work = Compress::new(Compression::new(level), head);
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    loop {
        let read = usize::try_from(work.total_in()).unwrap_or(bytes.len());
        out.reserve(PIECE);
        match work.compress_vec(bytes.get(read..).unwrap_or_default(), &mut out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) => return vm.bytes(&out),
            Ok(_) => {
                vm.heap.would_fit(out.len() * 2)?;
                vm.ask_the_time()?;
            }
            Err(_) => return Err(vm.value_error("the data cannot be compressed")),
        }
    }
}

/// `decompress(bytes, with_head, most)`: `(unpacked, how much was read, whether it is complete)`, or `None` for what is not
/// compressed. A `most` of 0 is no limit.
fn decompress(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "decompress", 3, 3)?.to_vec();
    let bytes = bytes_of(vm, given[0])?;
    let head = vm.truth(given[1])?;
    let most = usize::try_from(vm.index(given[2])?).unwrap_or(0);
    let mut work = Decompress::new(head);
    let mut out = Vec::new();
    loop {
        let read = usize::try_from(work.total_in()).unwrap_or(bytes.len());
        let room = if most > 0 { PIECE.min(most - out.len()) } else { PIECE };
        vm.heap.would_fit((out.len() + room).saturating_mul(2))?;
        vm.pay(room as u64 / 8)?;
        vm.ask_the_time()?;
        let before = (out.len(), read);
        out.reserve_exact(room);
        let status = work.decompress_vec(bytes.get(read..).unwrap_or_default(), &mut out, FlushDecompress::None);
        let read = usize::try_from(work.total_in()).unwrap_or(bytes.len());
        let complete = match status {
            Ok(Status::StreamEnd) => true,
            Ok(_) if before == (out.len(), read) || most > 0 && out.len() >= most => false,
            Ok(_) => continue,
            Err(_) => return Ok(Value::None),
        };
        let unpacked = vm.bytes(&out)?;
        return vm.tuple(vec![unpacked, Value::Int(i64::try_from(read).unwrap_or(0)), Value::from(complete)]);
    }
}

/// What a checksum begins with: the second argument, if there is one.
fn begun(vm: &mut Vm<'_>, given: Option<&Value>, otherwise: u32) -> PyResult<u32> {
    let Some(value) = given else { return Ok(otherwise) };
    Ok(u32::try_from(vm.index(*value)? & 0xffff_ffff).unwrap_or(otherwise))
}

fn crc32(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "crc32", 1, 2)?.to_vec();
    let bytes = bytes_of(vm, given[0])?;
    let mut crc = !begun(vm, given.get(1), 0)?;
    for byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    Ok(Value::Int(i64::from(!crc)))
}

fn adler32(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "adler32", 1, 2)?.to_vec();
    let bytes = bytes_of(vm, given[0])?;
    let start = begun(vm, given.get(1), 1)?;
    let (mut low, mut high) = (start & 0xffff, start >> 16);
    for byte in bytes {
        low = (low + u32::from(byte)) % 65521;
        high = (high + low) % 65521;
    }
    Ok(Value::Int(i64::from(high << 16 | low)))
}
