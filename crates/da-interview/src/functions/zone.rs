//! Time zones, from the compiled-in database: what the clocks of a place show.

use super::function;
use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::{OffsetComponents, OffsetName, Tz, TzOffset};
use da_python::native::{Args, NativeFunction};
use da_python::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("zone_is_known", zone_is_known),
    function("zone_names", zone_names),
    function("zone_at_wall", zone_at_wall),
    function("zone_at_utc", zone_at_utc),
];

fn zone_of(vm: &mut Vm<'_>, name: Option<Value>) -> Option<Tz> {
    name.and_then(|name| vm.text(name))?.parse().ok()
}

/// `zone_is_known(name)`: whether there is a time zone of that name.
fn zone_is_known(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "zone_is_known", ["name"], 1)?;
    Ok(Value::Bool(zone_of(vm, name).is_some()))
}

/// `zone_names()`: the names of all time zones, sorted.
fn zone_names(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    let mut names: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    names.sort_unstable();
    let mut values = Vec::with_capacity(names.len());
    for name in names {
        let value = vm.str(name)?;
        values.push(vm.root(value));
    }
    vm.list(values)
}

/// `zone_at_wall(name, seconds, fold)`: offset, daylight saving and abbreviation when the clocks of the
/// place show a time, given as seconds since 1970 without any zone. A time that is shown twice is the
/// first of both, or with `fold` the second.
fn zone_at_wall(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, seconds, fold] = args.bind(vm, "zone_at_wall", ["name", "seconds", "fold"], 3)?;
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

/// `zone_at_utc(name, seconds)`: the same at a moment, in seconds since 1970 UTC.
fn zone_at_utc(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, seconds] = args.bind(vm, "zone_at_utc", ["name", "seconds"], 2)?;
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
