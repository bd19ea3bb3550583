//! `_random`: the Mersenne Twister, seeded as CPython seeds it.
//!
//! A generator is a `bytearray` of 625 little-endian words: the state and the place in it. An empty
//! one has not been seeded and is seeded from the host when it is first asked.

use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::{arguments, arguments::natives, number};
use crate::value::{Object, Value};
use crate::vm::Vm;
use num_bigint::{BigInt, BigUint, Sign};
use sha2::{Digest, Sha512};

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "getrandbits" => getrandbits,
    "random" => random,
    "seed" => seed,
    "seed_bytes" => seed_bytes,
    "system" => system,
};

const WORDS: usize = 624;
const AHEAD: usize = 397;
/// The words and the place.
const BYTES: usize = (WORDS + 1) * 4;

/// The generator's words and the place of the next one.
struct Twister {
    words: [u32; WORDS],
    place: usize,
}

impl Twister {
    fn of_seed(seed: u32) -> Self {
        let mut words = [seed; WORDS];
        for place in 1..WORDS {
            let before = words[place - 1];
            let index = u32::try_from(place).unwrap_or(0);
            words[place] = 1_812_433_253u32.wrapping_mul(before ^ (before >> 30)).wrapping_add(index);
        }
        Twister { words, place: WORDS }
    }

    fn of_key(key: &[u32]) -> Self {
        let mut twister = Twister::of_seed(19_650_218);
        let words = &mut twister.words;
        let (mut place, mut from) = (1, 0);
        for _ in 0..WORDS.max(key.len()) {
            let before = words[place - 1];
            let mixed = words[place] ^ (before ^ (before >> 30)).wrapping_mul(1_664_525);
            words[place] = mixed.wrapping_add(key[from]).wrapping_add(u32::try_from(from).unwrap_or(0));
            (place, from) = (place + 1, (from + 1) % key.len());
            if place >= WORDS {
                words[0] = words[WORDS - 1];
                place = 1;
            }
        }
        for _ in 1..WORDS {
            let before = words[place - 1];
            let mixed = words[place] ^ (before ^ (before >> 30)).wrapping_mul(1_566_083_941);
            words[place] = mixed.wrapping_sub(u32::try_from(place).unwrap_or(0));
            place += 1;
            if place >= WORDS {
                words[0] = words[WORDS - 1];
                place = 1;
            }
        }
        words[0] = 0x8000_0000;
        twister
    }

    /// From the size of a whole number, 32 bits at a time.
    fn of_number(number: &BigUint) -> Self {
        let digits = number.to_u32_digits();
        Twister::of_key(if digits.is_empty() { &[0] } else { &digits })
    }

    fn turn(&mut self) {
        for place in 0..WORDS {
            let next = self.words[(place + 1) % WORDS];
            let joined = (self.words[place] & 0x8000_0000) | (next & 0x7fff_ffff);
            let odd = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            self.words[place] = self.words[(place + AHEAD) % WORDS] ^ (joined >> 1) ^ odd;
        }
        self.place = 0;
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut all = bytes.chunks_exact(4).map(|word| word.iter().rev().fold(0, |all, b| all << 8 | u32::from(*b)));
        let mut words = [0; WORDS];
        for word in &mut words {
            *word = all.next()?;
        }
        let place = usize::try_from(all.next()?).ok().filter(|place| *place <= WORDS)?;
        Some(Twister { words, place })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let place = u32::try_from(self.place).unwrap_or(0);
        self.words.iter().chain([&place]).flat_map(|word| word.to_le_bytes()).collect()
    }
}

fn word_at(bytes: &[u8], place: usize) -> u32 {
    let word = bytes.get(place * 4..place * 4 + 4).unwrap_or(&[]);
    word.iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte))
}

/// The next word of a generator in its bytes; `None` when its words are used up.
fn next_of_bytes(bytes: &mut [u8]) -> Option<u32> {
    let place = usize::try_from(word_at(bytes, WORDS)).ok().filter(|place| *place < WORDS)?;
    let mut word = word_at(bytes, place);
    let after = u32::try_from(place + 1).ok()?.to_le_bytes();
    bytes.get_mut(WORDS * 4..)?.copy_from_slice(&after);
    word ^= word >> 11;
    word ^= (word << 7) & 0x9d2c_5680;
    word ^= (word << 15) & 0xefc6_0000;
    Some(word ^ (word >> 18))
}

/// The bytes of a generator, to be changed.
fn state_bytes<'a>(vm: &'a mut Vm<'_>, state: Value) -> Option<&'a mut Vec<u8>> {
    match state {
        Value::Ref(handle) if matches!(vm.heap.get(handle), Object::ByteArray(_)) => match vm.heap.get_mut(handle) {
            Object::ByteArray(bytes) => Some(bytes),
            _ => None,
        },
        _ => None,
    }
}

/// The next 32 bits of the generator that a `bytearray` holds.
fn next(vm: &mut Vm<'_>, state: Value) -> PyResult<u32> {
    vm.pay(1)?;
    if let Some(word) = state_bytes(vm, state).filter(|b| b.len() == BYTES).and_then(|b| next_of_bytes(b)) {
        return Ok(word);
    }
    let mut twister = load(vm, state)?;
    vm.pay(100)?;
    twister.turn();
    store(vm, state, &twister)?;
    Ok(state_bytes(vm, state).and_then(|bytes| next_of_bytes(bytes)).unwrap_or(0))
}

/// The generator that a `bytearray` holds.
fn load(vm: &mut Vm<'_>, state: Value) -> PyResult<Twister> {
    if let Some(twister) = vm.as_bytes(state).and_then(Twister::from_bytes) {
        return Ok(twister);
    }
    if vm.as_bytes(state).is_some_and(<[u8]>::is_empty) {
        let bytes = from_host(vm, 32)?;
        return Ok(Twister::of_number(&BigUint::from_bytes_le(&bytes)));
    }
    Err(vm.value_error("state vector is the wrong size"))
}

fn store(vm: &mut Vm<'_>, state: Value, twister: &Twister) -> PyResult<()> {
    let bytes = twister.to_bytes();
    vm.heap.charge(bytes.len())?;
    match state_bytes(vm, state) {
        Some(place) => {
            *place = bytes;
            Ok(())
        }
        None => Err(vm.type_error("the state of a generator must be a bytearray")),
    }
}

fn from_host(vm: &mut Vm<'_>, count: usize) -> PyResult<Vec<u8>> {
    arguments::work(vm, count)?;
    let mut bytes = vec![0; count];
    if vm.host().random(&mut bytes) {
        return Ok(bytes);
    }
    Err(vm.runtime_error(match vm.lays_floor {
        true => "there is no randomness here: the top level of a module cannot ask for random numbers",
        false => "there is no randomness here",
    }))
}

/// `random(state)`
fn random(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let state = arguments::single(vm, args, "random")?;
    let (high, low) = (next(vm, state)?, next(vm, state)?);
    Ok(Value::from(fraction(high, low)))
}

/// A number from 0 up to 1, of 53 bits.
fn fraction(high: u32, low: u32) -> f64 {
    (f64::from(high >> 5) * 67_108_864.0 + f64::from(low >> 6)) / 9_007_199_254_740_992.0
}

fn bit_count(vm: &mut Vm<'_>, v: Value) -> PyResult<u64> {
    let count = vm.index(v)?;
    let Ok(count) = u64::try_from(count) else {
        return Err(vm.value_error("number of bits must be non-negative"));
    };
    arguments::work(vm, usize::try_from(count / 8).unwrap_or(usize::MAX))?;
    Ok(count)
}

/// `getrandbits(state, count)`
fn getrandbits(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [state, count] = *arguments::positional(vm, args, "getrandbits", 2, 2)? else { return Ok(Value::None) };
    let count = bit_count(vm, count)?;
    if count == 0 {
        // So that a generator which was never asked has a state.
        let twister = load(vm, state)?;
        store(vm, state, &twister)?;
    }
    let mut digits = Vec::new();
    let mut left = count;
    while left > 0 {
        let word = next(vm, state)?;
        digits.push(if left < 32 { word >> (32 - left) } else { word });
        left = left.saturating_sub(32);
    }
    vm.int(BigInt::from_biguint(Sign::Plus, BigUint::new(digits)))
}

/// `seed(state, number)`: from the size of a whole number.
fn seed(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [state, number] = *arguments::positional(vm, args, "seed", 2, 2)? else { return Ok(Value::None) };
    let number = number::index(vm, number)?.whole().unwrap_or_default();
    vm.pay(number.bits() / 32 + 100)?;
    store(vm, state, &Twister::of_number(number.magnitude()))?;
    Ok(Value::None)
}

/// `seed_bytes(state, bytes)`: from a text's bytes followed by their digest.
fn seed_bytes(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [state, bytes] = *arguments::positional(vm, args, "seed_bytes", 2, 2)? else { return Ok(Value::None) };
    let mut bytes = vm.as_bytes(bytes).unwrap_or(&[]).to_vec();
    arguments::work(vm, bytes.len())?;
    vm.pay(bytes.len() as u64 + 100)?;
    let digest = Sha512::digest(&bytes);
    bytes.extend_from_slice(&digest);
    store(vm, state, &Twister::of_number(&BigUint::from_bytes_be(&bytes)))?;
    Ok(Value::None)
}

/// `system(count)`: so many random bytes of the host.
fn system(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let count = arguments::single(vm, args, "system")?;
    let count = arguments::count(vm, count)?;
    let bytes = from_host(vm, count)?;
    vm.bytes(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seeded_generator_gives_the_numbers_of_cpython() {
        let mut state = turned(&BigUint::from(42u8));
        let mut float = || Some(fraction(next_of_bytes(&mut state)?, next_of_bytes(&mut state)?));
        assert_eq!([float(), float()], [Some(0.6394267984578837), Some(0.025010755222666936)]);
        let mut bytes = b"docket".to_vec();
        bytes.extend_from_slice(&Sha512::digest(b"docket"));
        let mut state = turned(&BigUint::from_bytes_be(&bytes));
        let float = next_of_bytes(&mut state).zip(next_of_bytes(&mut state)).map(|(high, low)| fraction(high, low));
        assert_eq!(float, Some(0.708991641862657));
    }

    fn turned(seed: &BigUint) -> Vec<u8> {
        let mut twister = Twister::of_number(seed);
        twister.turn();
        twister.to_bytes()
    }
}
