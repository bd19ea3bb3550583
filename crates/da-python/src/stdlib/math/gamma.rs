//! The gamma function and its logarithm, by the approximation of Lanczos. Numbers in, numbers out: nothing here knows the machine.
//! What is not a number stands for "outside of the domain".

use std::f64::consts::PI;

const G: f64 = 6.024_680_040_776_73;
const G_LESS: f64 = G - 0.5;
/// Coefficients of the sum, which is a quotient of two polynomials, the highest last.
const ABOVE: [f64; 13] = [
    23_531_376_880.410_76,
    42_919_803_642.649_1,
    35_711_959_237.355_67,
    17_921_034_426.037_21,
    6_039_542_586.352_028,
    1_439_720_407.311_721_6,
    248_874_557.862_054_17,
    31_426_415.585_400_194,
    2_876_370.628_935_372_5,
    186_056.265_395_223_48,
    8_071.672_002_365_816,
    210.824_277_751_579_36,
    2.506_628_274_631_000_2,
];
const BELOW: [f64; 13] = [
    0.0,
    39_916_800.0,
    120_543_840.0,
    150_917_976.0,
    105_258_076.0,
    45_995_730.0,
    13_339_535.0,
    2_637_558.0,
    357_423.0,
    32_670.0,
    1_925.0,
    66.0,
    1.0,
];

fn sum(x: f64) -> f64 {
    let pairs = ABOVE.iter().zip(&BELOW);
    // Small numbers from the highest power on, large ones from the lowest: so neither part grows too large.
    let (above, below) = if x < 5.0 {
        pairs.rev().fold((0.0, 0.0), |(a, b), (above, below)| (a * x + above, b * x + below))
    } else {
        pairs.fold((0.0, 0.0), |(a, b), (above, below)| (a / x + above, b / x + below))
    };
    above / below
}

/// `sin(pi * x)`, exact at whole numbers.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let sine = match (2.0 * y).round() as u8 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    sine.copysign(1.0) * if sine.is_sign_negative() != (x < 0.0) { -1.0 } else { 1.0 }
}

/// The gamma function.
pub(super) fn gamma(x: f64) -> f64 {
    if !x.is_finite() {
        return if x == f64::NEG_INFINITY { f64::NAN } else { x };
    }
    let size = x.abs();
    if x == x.floor() {
        if x <= 0.0 {
            return f64::NAN;
        }
        if x <= 23.0 {
            return (1..x as u32).map(f64::from).product();
        }
    }
    if size < 1e-20 {
        return 1.0 / x;
    }
    if size > 200.0 {
        return if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY };
    }
    let y = size + G_LESS;
    // What the sum lost in rounding.
    let lost = if size > G_LESS { (y - size) - G_LESS } else { (y - G_LESS) - size };
    let lost = lost * G / y;
    let power = |half: f64| y.powf(half);
    if x < 0.0 {
        let r = -PI / sin_pi(size) / size * y.exp() / sum(size);
        let r = r - lost * r;
        if size < 140.0 { r / power(size - 0.5) } else { r / power(size / 2.0 - 0.25) / power(size / 2.0 - 0.25) }
    } else {
        let r = sum(size) / y.exp();
        let r = r + lost * r;
        if size < 140.0 { r * power(size - 0.5) } else { r * power(size / 2.0 - 0.25) * power(size / 2.0 - 0.25) }
    }
}

/// The logarithm of the absolute value of the gamma function.
pub(super) fn log_gamma(x: f64) -> f64 {
    if !x.is_finite() {
        return x.abs();
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { f64::NAN } else { 0.0 };
    }
    let size = x.abs();
    if size < 1e-20 {
        return -size.ln();
    }
    let r = sum(size).ln() - G + (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 { PI.ln() - sin_pi(size).abs().ln() - size.ln() - r } else { r }
}

#[cfg(test)]
mod tests {
    use super::{gamma, log_gamma};

    #[test]
    fn they_give_what_cpython_gives() {
        for (x, expected) in [
            (0.5, 1.772_453_850_905_516),
            (5.0, 24.0),
            (23.0, 1.124_000_727_777_607_7e21),
            (4.5, 11.631_728_396_567_448),
            (-0.5, -3.544_907_701_811_032),
            (-1.5, 2.363_271_801_207_355),
            (171.0, 7.257_415_615_307_999e306),
        ] {
            assert!((gamma(x) / expected - 1.0).abs() < 1e-15, "{x}: {}", gamma(x));
        }
        for (x, expected) in
            [(10.0, 12.801_827_480_081_47), (0.5, 0.572_364_942_924_700_1), (-2.5, -0.056_243_716_497_674_054)]
        {
            assert!((log_gamma(x) - expected).abs() < 4e-15, "{x}: {}", log_gamma(x));
        }
        assert!(gamma(0.0).is_nan() && gamma(-3.0).is_nan() && log_gamma(-1.0).is_nan());
        assert_eq!((gamma(172.0), log_gamma(2.0)), (f64::INFINITY, 0.0));
    }
}
