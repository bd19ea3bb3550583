//! `_bytes`: what `base64`, `hashlib`, `secrets` and `uuid` are made of.
//!
//! Random bytes come from the host; without one there are none.

use super::digest;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::{argument_must_be, natives, positional, single, work};
use crate::value::Value;
use crate::vm::Vm;
use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose};

pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "b64encode" => b64encode,
    "b64decode" => b64decode,
    "digest" => digest_of,
    "blake2" => blake2,
    "random" => random,
};

/// Reads what CPython reads: padding is required, bits that fill up are ignored.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

fn bytes_of(vm: &mut Vm<'_>, value: Value, function: &str) -> PyResult<Vec<u8>> {
    let len = vm.as_bytes(value).map(<[u8]>::len);
    let Some(len) = len else { return Err(argument_must_be(vm, function, "", "bytes", value)) };
    work(vm, len.saturating_mul(3))?;
    Ok(vm.as_bytes(value).unwrap_or_default().to_vec())
}

fn b64encode(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "b64encode")?;
    let bytes = bytes_of(vm, value, "b64encode")?;
    vm.bytes(general_purpose::STANDARD.encode(bytes).as_bytes())
}

fn b64decode(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "b64decode", 1, 2)?;
    let mut bytes = bytes_of(vm, given[0], "b64decode")?;
    let strict = match given.get(1) {
        Some(strict) => vm.truth(*strict)?,
        None => false,
    };
    let known = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if strict && !bytes.iter().all(known) {
        return Err(vm.value_error("Only base64 data is allowed"));
    }
    bytes.retain(known);
    let letters = bytes.iter().filter(|byte| **byte != b'=').count();
    match LENIENT.decode(&bytes) {
        Ok(decoded) => vm.bytes(&decoded),
        Err(_) if letters % 4 == 1 => {
            let message = format!(
                "Invalid base64-encoded string: number of data characters ({letters}) cannot be 1 more than a multiple of 4"
            );
            Err(vm.value_error(message))
        }
        Err(_) => Err(vm.value_error("Incorrect padding")),
    }
}

fn digest_of(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "digest", 2, 3)?;
    let name = vm.text(given[0]).unwrap_or_default();
    let bytes = bytes_of(vm, given[1], "digest")?;
    vm.pay(bytes.len() as u64)?;
    let digest = match given.get(2) {
        None => digest::of(&name, &bytes),
        Some(size) => {
            let size = usize::try_from(vm.index(*size)?).unwrap_or(usize::MAX);
            work(vm, size)?;
            digest::of_size(&name, &bytes, size)
        }
    };
    match digest {
        Some(digest) => vm.bytes(&digest),
        None => Err(vm.value_error(format!("unsupported hash type {name}"))),
    }
}

/// The name, what is digested, the size, and the key, salt and person.
fn blake2(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "blake2", 6, 6)?;
    let name = vm.text(given[0]).unwrap_or_default();
    let bytes = bytes_of(vm, given[1], "blake2")?;
    vm.pay(bytes.len() as u64)?;
    let size = usize::try_from(vm.index(given[2])?).unwrap_or_default();
    let [key, salt, person] = [3, 4, 5].map(|place| bytes_of(vm, given[place], "blake2"));
    let (key, salt, person) = (key?, salt?, person?);
    match digest::blake2(&name, &bytes, &digest::Told { size, key: &key, salt: &salt, person: &person }) {
        Some(digest) => vm.bytes(&digest),
        None => Err(vm.value_error("a part of the digest is too long")),
    }
}

fn random(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "random")?;
    let Ok(count) = usize::try_from(vm.index(value)?) else {
        return Err(vm.value_error("negative argument not allowed"));
    };
    work(vm, count.saturating_mul(2))?;
    let mut bytes = vec![0; count];
    if !vm.host().random(&mut bytes) {
        return Err(vm.raise("NotImplementedError", "there is no source of randomness here"));
    }
    vm.bytes(&bytes)
}
