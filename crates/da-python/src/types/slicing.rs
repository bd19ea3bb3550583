//! The arithmetic of indexes and slices.
//!
//! Pure numbers; values are turned into numbers elsewhere.

/// The places that a slice takes from a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Places {
    /// The first place.
    pub(crate) start: i64,
    /// The place that is not reached, between -1 and the length.
    pub(crate) stop: i64,
    /// From one place to the next; never 0.
    pub(crate) step: i64,
    /// How many there are.
    pub(crate) count: usize,
}

impl Places {
    /// Fits a slice to a length. Bounds that were not given are `None`; `step` is not 0.
    pub(crate) fn fit(start: Option<i64>, stop: Option<i64>, step: i64, len: usize) -> Places {
        let len = i64::try_from(len).unwrap_or(i64::MAX);
        let (lowest, highest) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let clamp = |bound: i64| {
            let bound = if bound < 0 { bound.saturating_add(len) } else { bound };
            bound.clamp(lowest, highest)
        };
        let (first, last) = if step < 0 { (highest, lowest) } else { (lowest, highest) };
        let start = start.map_or(first, clamp);
        let stop = stop.map_or(last, clamp);
        let span = if step < 0 { start - stop } else { stop - start };
        let count = if span <= 0 { 0 } else { (span.unsigned_abs() - 1) / step.unsigned_abs() + 1 };
        Places { start, stop, step, count: usize::try_from(count).unwrap_or(usize::MAX) }
    }

    /// The places in the order that the slice takes them.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        let mut place = self.start;
        (0..self.count).map(move |_| {
            let here = usize::try_from(place).unwrap_or(0);
            place = place.saturating_add(self.step);
            here
        })
    }

    /// The places as a range of neighbours; `None` if the step is not 1.
    pub(crate) fn range(self) -> Option<std::ops::Range<usize>> {
        let start = usize::try_from(self.start).ok()?;
        (self.step == 1).then_some(start..start + self.count)
    }
}

/// The place of an index that may count from the end.
pub(crate) fn place(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index.checked_add(i64::try_from(len).ok()?)? } else { index };
    usize::try_from(index).ok().filter(|&place| place < len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What CPython's documentation says: k places i, i+k, ... before j.
    fn naive(start: Option<i64>, stop: Option<i64>, step: i64, len: i64) -> Vec<usize> {
        let fix = |bound: i64| if bound < 0 { bound + len } else { bound };
        let mut place = start.map_or(if step > 0 { 0 } else { len - 1 }, fix);
        if step > 0 {
            place = place.max(0)
        } else {
            place = place.min(len - 1)
        }
        let stop = stop.map_or(if step > 0 { len } else { -1 }, |bound| fix(bound).max(-1));
        let mut places = Vec::new();
        while (step > 0 && place < stop.min(len)) || (step < 0 && place > stop && place >= 0) {
            places.extend(usize::try_from(place));
            place += step;
        }
        places
    }

    proptest! {
        #[test]
        fn a_slice_takes_the_places_of_the_definition(
            start in proptest::option::of(-12i64..12),
            stop in proptest::option::of(-12i64..12),
            step in (-4i64..4).prop_filter("not 0", |step| *step != 0),
            len in 0usize..9,
        ) {
            let wanted = naive(start, stop, step, i64::try_from(len).unwrap_or(0));
            let places = Places::fit(start, stop, step, len);
            prop_assert_eq!(places.iter().collect::<Vec<_>>(), wanted.clone());
            prop_assert_eq!(places.count, wanted.len());
        }
    }
}
