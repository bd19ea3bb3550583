//! `_zone`: time zones from the compiled-in database: what the clocks of a place show.

use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::natives;
use crate::value::Value;
use crate::vm::Vm;
use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::{OffsetComponents, OffsetName, Tz, TzOffset};

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "at_utc" => at_utc,
    "at_wall" => at_wall,
    "is_known" => is_known,
    "names" => names,
};

fn zone_of(vm: &mut Vm<'_>, name: Option<Value>) -> Option<Tz> {
    name.and_then(|name| vm.text(name))?.parse().ok()
}

/// `is_known(name)`: whether there is a time zone of that name.
fn is_known(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "is_known", ["name"], 1)?;
    Ok(Value::from(zone_of(vm, name).is_some()))
}

/// `names()`: the names of all time zones, sorted.
fn names(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    let mut all: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    all.sort_unstable();
    let mut values = Vec::with_capacity(all.len());
    for name in all {
        let value = vm.str(name)?;
        values.push(vm.root(value));
    }
    vm.list(values)
}

/// `at_wall(name, seconds, fold)`: offset, daylight saving and abbreviation when the clocks of the
/// place show a time, given as seconds since 1970 without any zone. A time that is shown twice is the
/// first of both, or with `fold` the second.
fn at_wall(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, seconds, fold] = args.bind(vm, "at_wall", ["name", "seconds", "fold"], 3)?;
    let later = fold.and_then(|fold| vm.as_int(fold)) == Some(1);
    let (zone, moment) = zone_and_moment(vm, name, seconds)?;
    let offset = match zone.offset_from_local_datetime(&moment) {
        chrono::LocalResult::Single(offset) => offset,
        chrono::LocalResult::Ambiguous(first, second) => {
            if later {
                second
            } else {
                first
            }
        }
        // The clocks skip this time: before the jump the old offset holds, after it the new one.
        chrono::LocalResult::None => {
            let aside = if later { TimeDelta::hours(25) } else { TimeDelta::hours(-25) };
            zone.offset_from_utc_datetime(&(moment + aside))
        }
    };
    told(vm, &offset)
}

/// `at_utc(name, seconds)`: the same at a moment, in seconds since 1970 UTC.
fn at_utc(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, seconds] = args.bind(vm, "at_utc", ["name", "seconds"], 2)?;
    let (zone, moment) = zone_and_moment(vm, name, seconds)?;
    told(vm, &zone.offset_from_utc_datetime(&moment))
}

fn zone_and_moment(vm: &mut Vm<'_>, name: Option<Value>, seconds: Option<Value>) -> PyResult<(Tz, NaiveDateTime)> {
    let Some(zone) = zone_of(vm, name) else {
        return Err(vm.raise("ValueError", "there is no such time zone"));
    };
    let moment =
        seconds.and_then(|seconds| vm.as_int(seconds)).and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    match moment {
        Some(moment) => Ok((zone, moment.naive_utc())),
        None => Err(vm.raise("OverflowError", "the time is out of range")),
    }
}

fn told(vm: &mut Vm<'_>, offset: &TzOffset) -> PyResult<Value> {
    let name = match offset.abbreviation() {
        Some(name) => vm.str(name)?,
        None => Value::None,
    };
    let seconds = Value::Int(i64::from(offset.fix().local_minus_utc()));
    vm.tuple(vec![seconds, Value::Int(offset.dst_offset().num_seconds()), name])
}
