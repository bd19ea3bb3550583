//! Codes: three squares that stand as in a code, the dots between them, and what those say.

use rqrr::{Grid, SimpleGrid};
use std::cmp::Ordering;

use super::black::Dots;
use super::finder::{self, Finder, length, rounded};
use super::plane::{Point, Projection};

/// The parts of the sides of codes, from the smallest to the largest, and how they grow.
const SMALLEST: usize = 21;
const LARGEST: usize = 177;
const GROWTH: usize = 4;

/// Of the three squares that stand as in a code the best are looked at, no more of them than these.
const MOST_TRIED: usize = 120;

/// How far from its corner the middle of a square is, in parts.
const INSET: f64 = 3.5;

/// How far from the lower right corner the middle of the small square is that larger codes have there.
const SMALL_INSET: f64 = 6.5;

/// Three squares as they stand in a code.
#[derive(Debug, Clone, Copy)]
struct Corners {
    top_left: Finder,
    top_right: Finder,
    bottom_left: Finder,
    /// Their places among all squares.
    numbers: [usize; 3],
    /// How far they are from standing exactly so.
    off: f64,
}

/// What the codes in a picture say, from top to bottom.
pub(super) fn read(dots: &Dots) -> Vec<String> {
    let finders = finder::all(dots);
    let mut candidates = corners(&finders);
    candidates.sort_by(|one, other| one.off.total_cmp(&other.off));
    candidates.truncate(MOST_TRIED);
    let mut is_used = vec![false; finders.len()];
    let mut found: Vec<(Point, String)> = Vec::new();
    for candidate in &candidates {
        if candidate.numbers.iter().any(|number| is_used[*number]) {
            continue;
        }
        if let Some(text) = candidate.text(dots) {
            candidate.numbers.iter().for_each(|number| is_used[*number] = true);
            found.push((place(candidate.top_left), text));
        }
    }
    let order = |one: Point, other: Point| one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x));
    found.sort_by(|(one, _), (other, _)| order(*one, *other));
    found.into_iter().map(|(_, text)| text).collect()
}

fn place(finder: Finder) -> Point {
    Point { x: finder.x, y: finder.y }
}

/// All that stand as in a code.
fn corners(finders: &[Finder]) -> Vec<Corners> {
    let mut found = Vec::new();
    for first in 0..finders.len() {
        for second in first + 1..finders.len() {
            for third in second + 1..finders.len() {
                found.extend(Corners::of(finders, [first, second, third]));
            }
        }
    }
    found
}

impl Corners {
    /// Three squares, if their sizes and distances are those of a code that is looked at from some way off.
    fn of(finders: &[Finder], numbers: [usize; 3]) -> Option<Self> {
        let all = numbers.map(|number| finders[number]);
        let parts = all.map(|finder| finder.part);
        let (least, most) = (parts.into_iter().fold(f64::MAX, f64::min), parts.into_iter().fold(0.0, f64::max));
        if most > least * 1.8 {
            return None;
        }
        let between = |one: usize, other: usize| place(all[one]).distance(place(all[other]));
        // The corner lies opposite the longest side.
        let sides = [between(1, 2), between(0, 2), between(0, 1)];
        let corner = (0..3).max_by(|one, other| sides[*one].total_cmp(&sides[*other]))?;
        let (one, other) = ((corner + 1) % 3, (corner + 2) % 3);
        let (longest, long, short) = (sides[corner], sides[one].max(sides[other]), sides[one].min(sides[other]));
        let uneven = 1.0 - short / long;
        let bent = (1.0 - (long * long + short * short) / (longest * longest)).abs();
        if short < least * 10.0 || uneven > 0.4 || bent > 0.4 {
            return None;
        }
        let [top_left, one, other] = [corner, one, other].map(|number| all[number]);
        // Seen from the corner, the lower square is a quarter of a turn behind the right one, as the hands of a clock go.
        let turn = (one.x - top_left.x) * (other.y - top_left.y) - (one.y - top_left.y) * (other.x - top_left.x);
        let (top_right, bottom_left) = if turn > 0.0 { (one, other) } else { (other, one) };
        let off = uneven + bent + (most / least - 1.0) / 2.0;
        Some(Corners { top_left, top_right, bottom_left, numbers, off })
    }

    /// What the code says, if it is one.
    fn text(&self, dots: &Dots) -> Option<String> {
        let [corner, right, below] = [self.top_left, self.top_right, self.bottom_left].map(place);
        let part = [(corner, right), (right, corner), (corner, below), (below, corner)]
            .map(|(from, to)| part_towards(dots, from, to))
            .into_iter()
            .flatten();
        let parts: Vec<f64> = part.collect();
        if parts.is_empty() {
            return None;
        }
        let part = parts.iter().sum::<f64>() / length(parts.len());
        let between = (corner.distance(right) + corner.distance(below)) / 2.0;
        let about = between / part + 2.0 * INSET;
        let mut sizes: Vec<usize> = (SMALLEST..=LARGEST).step_by(GROWTH).collect();
        let off = |size: &usize| (length(*size) - about).abs();
        sizes.sort_by(|one, other| off(one).partial_cmp(&off(other)).unwrap_or(Ordering::Equal));
        sizes.into_iter().take(3).find_map(|size| text_of([corner, right, below], size, dots))
    }
}

/// How long one part of a square is on the way to another one: from the middle it is three and a half to the edge.
fn part_towards(dots: &Dots, from: Point, to: Point) -> Option<f64> {
    let distance = from.distance(to);
    let step = from.step_to(to, distance.max(1.0));
    let (mut is_black, mut edges, mut at) = (true, 0, 0.0);
    while at < distance {
        let place = from.plus((step, at), (step, 0.0));
        if is_black_at(dots, place) != is_black {
            (is_black, edges) = (!is_black, edges + 1);
            if edges == 3 {
                return Some(at / INSET);
            }
        }
        at += 0.5;
    }
    None
}

fn is_black_at(dots: &Dots, place: Point) -> bool {
    let whole = |length: f64| usize::try_from(rounded(length - 0.5)).ok();
    whole(place.x).zip(whole(place.y)).is_some_and(|(x, y)| dots.is_black(x, y))
}

/// What a code with so many parts at its side says: with the small square where there is one, and without it.
fn text_of([corner, right, below]: [Point; 3], size: usize, dots: &Dots) -> Option<String> {
    let side = length(size);
    let (across, down) = (corner.step_to(right, side - 7.0), corner.step_to(below, side - 7.0));
    let at = |x: f64, y: f64| corner.plus((across, x - INSET), (down, y - INSET));
    let straight = (side - INSET, at(side - INSET, side - INSET));
    let small = small_square(dots, at(side - SMALL_INSET, side - SMALL_INSET), across, down);
    let small = small.filter(|_| size > SMALLEST).map(|place| (side - SMALL_INSET, place));
    small.into_iter().chain([straight]).find_map(|(inner, last)| {
        let point = |x, y| Point { x, y };
        let from = [point(INSET, INSET), point(side - INSET, INSET), point(inner, inner), point(INSET, side - INSET)];
        let projection = Projection::of(from, [corner, right, last, below])?;
        let is_black = |x: usize, y: usize| is_black_at(dots, projection.at(point(length(x) + 0.5, length(y) + 0.5)));
        let mut said = Vec::new();
        Grid::new(SimpleGrid::from_func(size, is_black)).decode_to(&mut said).ok()?;
        Some(String::from_utf8(said).unwrap_or_else(|said| said.as_bytes().iter().copied().map(char::from).collect()))
    })
}

/// Looks for the middle of the small square in the lower right: a black part in a white ring in a black ring.
fn small_square(dots: &Dots, about: Point, across: Point, down: Point) -> Option<Point> {
    // How far it is looked for, in halves of a part.
    const FAR: i32 = 10;
    let score = |middle: Point| {
        let parts = (-2..=2).flat_map(|y| (-2..=2).map(move |x: i32| (x, y)));
        parts
            .filter(|(x, y): &(i32, i32)| {
                let is_black = x.abs().max(y.abs()) != 1;
                is_black_at(dots, middle.plus((across, f64::from(*x)), (down, f64::from(*y)))) == is_black
            })
            .count()
    };
    let places = (-FAR..=FAR).flat_map(|y| (-FAR..=FAR).map(move |x| (f64::from(x) / 2.0, f64::from(y) / 2.0)));
    let scored: Vec<(Point, usize)> =
        places.map(|(x, y)| about.plus((across, x), (down, y))).map(|place| (place, score(place))).collect();
    let best = scored.iter().map(|(_, score)| *score).max().filter(|best| *best >= 22)?;
    // Several places beside one another are as good: the middle of those that are near the best one.
    let first = scored.iter().find(|(_, score)| *score == best)?.0;
    let near = across.x.hypot(across.y) * 2.0;
    let good = scored.iter().filter(|(place, score)| *score == best && place.distance(first) < near);
    let good: Vec<Point> = good.map(|(place, _)| *place).collect();
    let middle = |of: fn(&Point) -> f64| good.iter().map(of).sum::<f64>() / length(good.len());
    Some(Point { x: middle(|place| place.x), y: middle(|place| place.y) })
}
