//! The squares in three corners of a code: a black square in a white ring in a black ring, so that any line through the middle is
//! black, white, black, white, black in the lengths 1, 1, 3, 1, 1.

use super::black::Dots;

/// No more squares than these are kept: the ones that most lines go through. A code has three.
const MOST: usize = 100;

/// No more are looked at together.
const MOST_TOGETHER: usize = 36;

/// In a high picture not every line is looked at.
const LINES: usize = 1200;

/// The middle of a square, and how large one of its seven parts is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Finder {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) part: f64,
    /// How many lines went through it.
    lines: u32,
}

/// The squares of a picture, those that most lines went through first.
pub(super) fn all(dots: &Dots) -> Vec<Finder> {
    let mut found: Vec<Finder> = Vec::new();
    let step = (dots.height / LINES).clamp(1, 3);
    for y in (0..dots.height).step_by(step) {
        // The lengths of the last five runs, white and black in turns.
        let (mut runs, mut is_black, mut length) = ([0_usize; 5], false, 0_usize);
        let line = dots.line(y);
        for (x, dot) in line.iter().copied().chain([2]).enumerate() {
            if (dot == 1) == is_black && dot != 2 {
                length += 1;
                continue;
            }
            runs.rotate_left(1);
            runs[4] = length;
            if is_black && fits(runs) {
                note(&mut found, dots, runs, x, y);
            }
            (is_black, length) = (!is_black, 1);
        }
    }
    found.sort_by_key(|finder| std::cmp::Reverse(finder.lines));
    found.truncate(MOST_TOGETHER);
    found
}

/// Whether five runs are in proportion, give or take half a part.
fn fits(runs: [usize; 5]) -> bool {
    let sum: usize = runs.iter().sum();
    if sum < 7 || runs.contains(&0) {
        return false;
    }
    let part = length(sum) / 7.0;
    let is = |run: usize, parts: f64| (length(run) - parts * part).abs() < parts * part * 0.5;
    is(runs[0], 1.0) && is(runs[1], 1.0) && is(runs[2], 3.0) && is(runs[3], 1.0) && is(runs[4], 1.0)
}

/// Looks at the column through the middle of five runs that end before `x`, then at the line through the middle of that, and keeps
/// what is a square in both.
fn note(found: &mut Vec<Finder>, dots: &Dots, runs: [usize; 5], x: usize, y: usize) {
    let longest: usize = runs.iter().sum();
    let Some(middle) = x.checked_sub(runs[4] + runs[3] + runs[2] - runs[2] / 2) else { return };
    let Some((down, high)) = cross(dots, (middle, y), (0, 1), longest) else { return };
    let Some(y) = y.checked_add_signed(rounded(down)) else { return };
    let Some((right, wide)) = cross(dots, (middle, y), (1, 0), longest) else { return };
    let down = down - down.round();
    let (x, y, part) = (length(middle) + 0.5 + right, length(y) + 0.5 + down, (wide + high) / 14.0);
    let is_same = |finder: &&mut Finder| {
        let near = finder.part.max(part) * 2.0;
        (finder.x - x).abs() < near && (finder.y - y).abs() < near
    };
    if let Some(known) = found.iter_mut().find(is_same) {
        let lines = f64::from(known.lines);
        let mean = |old: f64, new: f64| (old * lines + new) / (lines + 1.0);
        let (x, y, part) = (mean(known.x, x), mean(known.y, y), mean(known.part, part));
        *known = Finder { x, y, part, lines: known.lines + 1 };
        return;
    }
    if found.len() == MOST {
        // What one line alone went through, and none will any more, was no square.
        found.retain(|finder| finder.lines > 1 || finder.y + finder.part * 8.0 > y);
    }
    if found.len() < MOST {
        found.push(Finder { x, y, part, lines: 1 });
    }
}

/// The five runs through a black dot, along a line or a column: how far from the dot the middle of the third one is, and how long they are
/// together. None where they are not in proportion.
fn cross(dots: &Dots, (x, y): (usize, usize), (right, down): (isize, isize), longest: usize) -> Option<(f64, f64)> {
    let is_black = |step: isize| {
        let (x, y) = (x.checked_add_signed(right * step), y.checked_add_signed(down * step));
        x.zip(y).is_some_and(|(x, y)| dots.is_black(x, y))
    };
    if !is_black(0) {
        return None;
    }
    // Half of the third run, and the two outside of it.
    let way = |sign: isize| {
        let (mut runs, mut step) = ([0_usize; 3], sign);
        for (run, wanted) in runs.iter_mut().zip([true, false, true]) {
            while *run <= longest && is_black(step) == wanted {
                *run += 1;
                step += sign;
            }
        }
        runs
    };
    let (back, ahead) = (way(-1), way(1));
    let runs = [back[2], back[1], back[0] + 1 + ahead[0], ahead[1], ahead[2]];
    let middle = (length(ahead[0]) - length(back[0])) / 2.0;
    fits(runs).then(|| (middle, runs.iter().copied().map(length).sum()))
}

/// A length as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "a side of a picture is far below what a float tells apart")]
pub(super) fn length(dots: usize) -> f64 {
    dots as f64
}

/// The next whole number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float that is too large becomes the largest number, which is no place in a picture"
)]
pub(super) fn rounded(length: f64) -> isize {
    length.round() as isize
}
