//! The error function, and the neighbours of a float. Numbers in, numbers out: nothing here knows the machine.

use std::f64::consts;

/// Below this the series of `erf` is used.
const SERIES: f64 = 2.5;
/// From here on `erfc` is told by its continued fraction.
const FRACTION: f64 = 1.0;

/// The error function.
pub(super) fn erf(x: f64) -> f64 {
    if x.is_nan() {
        x
    } else if x.abs() < SERIES {
        series(x)
    } else {
        (1.0 - fraction(x.abs())).copysign(x)
    }
}

/// One less the error function, exact where that is nearly one.
pub(super) fn erfc(x: f64) -> f64 {
    if x.is_nan() {
        x
    } else if x.abs() < FRACTION {
        1.0 - series(x)
    } else if x > 0.0 {
        fraction(x)
    } else {
        2.0 - fraction(-x)
    }
}

/// `erf(x) = 2 x exp(-x²) / √π · (1 + 2x²/3 · (1 + 2x²/5 · (1 + ...)))`, from the last term on.
fn series(x: f64) -> f64 {
    let square = x * x;
    let sum = (1..60).rev().fold(1.0, |sum, k| 1.0 + 2.0 * square / f64::from(2 * k + 1) * sum);
    2.0 * x * (-square).exp() / consts::PI.sqrt() * sum
}

/// `erfc(x) = exp(-x²) / √π / (x + 1/2 / (x + 2/2 / (x + 3/2 / ...)))`
fn fraction(x: f64) -> f64 {
    if x.is_infinite() {
        return 0.0;
    }
    let below = (1..200).rev().fold(x, |below, k| x + f64::from(k) / 2.0 / below);
    (-x * x).exp() / consts::PI.sqrt() / below
}

/// The next float after `x` on the way to `y`.
pub(super) fn next_after(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x == y {
        y
    } else if y > x {
        x.next_up()
    } else {
        x.next_down()
    }
}

/// How much the last bit of `x` is worth.
pub(super) fn last_bit(x: f64) -> f64 {
    let size = x.abs();
    if !size.is_finite() {
        return size;
    }
    let next = size.next_up();
    if next.is_finite() { next - size } else { size - size.next_down() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_compute_the_error_function_meet() {
        assert_eq!(erf(0.0), 0.0);
        assert!((erf(0.5) - 0.520_499_877_813_046_5).abs() < 1e-15);
        assert!((erf(-2.4) + 0.999_311_486_103_354_9).abs() < 1e-15);
        assert!((erf(2.6) - 0.999_763_965_583_470_7).abs() < 1e-15);
        assert!((erfc(1.5) / 0.033_894_853_524_689_27 - 1.0).abs() < 1e-13);
        assert_eq!((erf(f64::INFINITY), erfc(-f64::INFINITY)), (1.0, 2.0));
    }

    #[test]
    fn the_neighbours_of_a_float() {
        assert_eq!(next_after(1.0, 2.0), 1.0 + f64::EPSILON);
        assert_eq!(last_bit(1.0), f64::EPSILON);
        assert_eq!(last_bit(0.0), 5e-324);
    }
}
