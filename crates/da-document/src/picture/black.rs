//! Black and white: a dot is black if it is darker than what is around it, so that a shadow over half a picture hides nothing.

use super::Gray;

/// The side of the squares whose shades are looked at together.
const SIDE: usize = 8;

/// So many squares around one say what is dark there.
const AROUND: usize = 2;

/// Squares whose shades differ by less are of one color: which one, their neighbours say.
const FLAT: u8 = 24;

/// Black and white dots, line by line.
#[derive(Debug)]
pub(super) struct Dots {
    pub(super) width: usize,
    pub(super) height: usize,
    /// 1 is black.
    dots: Vec<u8>,
}

impl Dots {
    /// Whether a dot is black; outside of the picture everything is white.
    pub(super) fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.width && self.dots.get(y * self.width + x) == Some(&1)
    }

    /// A line; beyond the last one it is empty.
    pub(super) fn line(&self, y: usize) -> &[u8] {
        self.dots.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }
}

/// The black and white of a picture, in its own memory.
pub(super) fn of(gray: Gray) -> Dots {
    let Gray { width, height, mut shades } = gray;
    let (across, down) = (width.div_ceil(SIDE), height.div_ceil(SIDE));
    let middles = middles(&shades, width, height);
    let mut bounds = vec![0_u8; across];
    for row in 0..down {
        for (column, bound) in bounds.iter_mut().enumerate() {
            let rows = row.saturating_sub(AROUND)..(row + AROUND + 1).min(down);
            let columns = column.saturating_sub(AROUND)..(column + AROUND + 1).min(across);
            let count = rows.len() * columns.len();
            let sum: usize = rows
                .map(|row| {
                    let line = middles.get(row * across..).unwrap_or_default();
                    line.get(columns.clone())
                        .unwrap_or_default()
                        .iter()
                        .map(|middle| usize::from(*middle))
                        .sum::<usize>()
                })
                .sum();
            *bound = u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX);
        }
        let lines = shades.get_mut(row * SIDE * width..).unwrap_or_default().chunks_mut(width).take(SIDE);
        for line in lines {
            for (square, bound) in line.chunks_mut(SIDE).zip(&bounds) {
                square.iter_mut().for_each(|shade| *shade = u8::from(*shade <= *bound));
            }
        }
    }
    Dots { width, height, dots: shades }
}

/// For each square the shade between its dark and its light dots. In a flat square that is below its own shade, unless its neighbours are
/// lighter: then it lies within something black.
fn middles(shades: &[u8], width: usize, height: usize) -> Vec<u8> {
    let (across, down) = (width.div_ceil(SIDE), height.div_ceil(SIDE));
    let mut middles: Vec<u8> = Vec::with_capacity(across * down);
    for row in 0..down {
        for column in 0..across {
            let (mut least, mut most, mut sum, mut count) = (u8::MAX, 0, 0_usize, 0_usize);
            let lines = shades.get(row * SIDE * width..).unwrap_or_default().chunks(width).take(SIDE);
            for line in lines {
                let square = line.get(column * SIDE..(column * SIDE + SIDE).min(line.len())).unwrap_or_default();
                for shade in square {
                    (least, most) = (least.min(*shade), most.max(*shade));
                    sum += usize::from(*shade);
                    count += 1;
                }
            }
            let mean = u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX);
            let place = middles.len();
            let before = |back: usize| place.checked_sub(back).and_then(|at| middles.get(at)).copied();
            let middle = match most - least <= FLAT {
                false => mean,
                true if row == 0 || column == 0 => least / 2,
                true => {
                    let around = [before(across), before(1), before(across + 1)];
                    let [above, left, corner] = around.map(|middle| u16::from(middle.unwrap_or_default()));
                    let expected = u8::try_from((above + 2 * left + corner) / 4).unwrap_or(u8::MAX);
                    if least < expected { expected } else { least / 2 }
                }
            };
            middles.push(middle);
        }
    }
    middles
}
