//! From the places in a code to the places in a picture of it, which was taken from somewhere and not from straight above.

use std::array;

/// A place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) fn distance(self, other: Point) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The place at so many lengths of two steps.
    pub(super) fn plus(self, (across, right): (Point, f64), (down, below): (Point, f64)) -> Point {
        Point { x: self.x + across.x * right + down.x * below, y: self.y + across.y * right + down.y * below }
    }

    /// The step of which `parts` lead to another place.
    pub(super) fn step_to(self, other: Point, parts: f64) -> Point {
        Point { x: (other.x - self.x) / parts, y: (other.y - self.y) / parts }
    }
}

/// A projection of one plane to another.
#[derive(Debug)]
pub(super) struct Projection([f64; 8]);

impl Projection {
    /// The projection that takes four places to four others; none where three of them stand in a line.
    pub(super) fn of(from: [Point; 4], to: [Point; 4]) -> Option<Self> {
        // Two equations for each pair of places, with what they equal in the ninth column.
        let mut rows: [[f64; 9]; 8] = array::from_fn(|row| {
            let (Point { x, y }, there) = (from[row / 2], to[row / 2]);
            match row % 2 {
                0 => [x, y, 1.0, 0.0, 0.0, 0.0, -x * there.x, -y * there.x, there.x],
                _ => [0.0, 0.0, 0.0, x, y, 1.0, -x * there.y, -y * there.y, there.y],
            }
        });
        for column in 0..8 {
            let largest =
                (column..8).max_by(|one, other| rows[*one][column].abs().total_cmp(&rows[*other][column].abs()))?;
            rows.swap(column, largest);
            let first = rows[column];
            if first[column].abs() < 1e-9 {
                return None;
            }
            for (_, row) in rows.iter_mut().enumerate().filter(|(number, _)| *number != column) {
                let times = row[column] / first[column];
                row.iter_mut().zip(first).for_each(|(cell, above)| *cell -= times * above);
            }
        }
        let solved: [f64; 8] = array::from_fn(|row| rows[row][8] / rows[row][row]);
        solved.iter().all(|number| number.is_finite()).then_some(Projection(solved))
    }

    /// Where a place is taken to.
    pub(super) fn at(&self, Point { x, y }: Point) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0;
        let depth = g * x + h * y + 1.0;
        Point { x: (a * x + b * y + c) / depth, y: (d * x + e * y + f) / depth }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_places_come_to_their_places_and_what_is_between_them_between() {
        let point = |x, y| Point { x, y };
        let from = [point(0.0, 0.0), point(10.0, 0.0), point(10.0, 10.0), point(0.0, 10.0)];
        let to = [point(3.0, 4.0), point(33.0, 7.0), point(28.0, 35.0), point(5.0, 31.0)];
        let projection = Projection::of(from, to).unwrap();
        for (from, to) in from.into_iter().zip(to) {
            assert!(projection.at(from).distance(to) < 1e-6, "{from:?}");
        }
        let middle = projection.at(point(5.0, 5.0));
        assert!((5.0..28.0).contains(&middle.x) && (7.0..31.0).contains(&middle.y), "{middle:?}");
        assert!(Projection::of(from, [point(1.0, 1.0); 4]).is_none());
    }
}
