//! What an expression of time says, before anything is resolved.
//!
//! In: the parts found by the parsers. Out: a [`DateExpression`] that can be resolved against a day of publication.
//! Never: more precise than the words.

use super::resolve;
use chancery_model::Edtf;
use jiff::civil::{Date, Weekday};

/// Which way the tense of the clause points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Lean {
    /// Told as past.
    Past,
    /// Announced.
    Future,
    /// The clause does not say.
    Unknown,
}

/// A date as resolved.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Resolved {
    /// What the words mean; `None` where they are vague or the day of publication is wanted.
    pub value: Option<Edtf>,
    /// Other readings, the likeliest first.
    pub alternatives: Vec<Edtf>,
    /// What the value rests on beyond the words: `published`, `weekday`.
    pub inferred: Vec<&'static str>,
}

/// A unit of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unit {
    /// A day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// A year.
    Year,
    /// Ten years.
    Decade,
}

/// A year, named or counted from the year of publication.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum YearOf {
    /// 2019
    Named(i16),
    /// Last year is -1.
    Relative(i16),
}

/// A month, named or counted from the month of publication.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MonthOf {
    /// 1 to 12
    Named(i8),
    /// Last month is -1.
    Relative(i32),
}

impl Point {
    /// Whether it is only a day of the week, or counts from one that was told.
    fn is_bare_weekday(&self) -> bool {
        let mut point = self;
        while let Point::Told { from: Some(from), .. } = point {
            point = from;
        }
        matches!(point, Point::Calendar(calendar)
            if *calendar == Calendar { weekday: calendar.weekday, ..Calendar::default() } && calendar.weekday.is_some())
    }
}

/// A date by the calendar, as far as the words give it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Calendar {
    /// Year.
    pub year: Option<YearOf>,
    /// Month.
    pub month: Option<MonthOf>,
    /// Day of the month.
    pub day: Option<i8>,
    /// Day of the week, Monday is 1.
    pub weekday: Option<i8>,
    /// 03/04 may be March or April.
    pub order_is_open: bool,
}

/// One point of time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Point {
    /// Day, month, year.
    Calendar(Calendar),
    /// The unit so many units from the one of publication: yesterday, last week, two years ago.
    Offset {
        /// Unit.
        unit: Unit,
        /// How many; past is negative.
        count: i32,
        /// "In two weeks": sure only where the clause is about the future.
        only_future: bool,
    },
    /// Last, this, next Friday.
    RelativeWeekday {
        /// Monday is 1.
        weekday: i8,
        /// -1 last, 0 this, 1 next.
        relation: i32,
    },
    /// Tuesday of next week.
    WeekdayOfWeek {
        /// Monday is 1.
        weekday: i8,
        /// -1 last week, 0 this, 1 next.
        weeks: i32,
    },
    /// Last, this, next May.
    RelativeMonth {
        /// Month.
        month: i8,
        /// -1 last, 0 this, 1 next.
        relation: i32,
    },
    /// Months of a year: quarters, halves, seasons; `from > to` runs into the next year.
    Slice {
        /// First month.
        from: i8,
        /// Last month.
        to: i8,
        /// Year.
        year: Option<YearOf>,
    },
    /// Last, this, next summer.
    RelativeSeason {
        /// First month.
        from: i8,
        /// Last month.
        to: i8,
        /// -1 last, 0 this, 1 next.
        relation: i32,
    },
    /// The last or next so many units.
    Running {
        /// Unit.
        unit: Unit,
        /// How many; past is negative.
        count: i32,
    },
    /// Counted from a day that the text named before: the same day, two days later.
    Told {
        /// The day named before, once it is known.
        from: Option<Box<Point>>,
        /// Unit.
        unit: Unit,
        /// How many; earlier is negative.
        count: i32,
    },
    /// A stretch that needs no day of publication: the 1990s.
    Fixed(Edtf),
    /// Recently, in the coming days: a time, but which?
    Vague,
}

/// Points and stretches between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// One point.
    Point(Point),
    /// From one point to another; an absent end is open.
    Range(Option<Point>, Option<Point>),
}

/// An expression of time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateExpression {
    /// What it says.
    pub shape: Shape,
}

impl From<Point> for DateExpression {
    fn from(point: Point) -> DateExpression {
        DateExpression { shape: Shape::Point(point) }
    }
}

impl DateExpression {
    /// What it means, read on the day `published` in a clause that leans one way.
    pub fn resolve(&self, published: Option<Date>, lean: Lean) -> Resolved {
        resolve::resolve(&self.shape, published, lean)
    }

    /// The day of the week that the words name.
    pub fn weekday(&self) -> Option<Weekday> {
        let number = match &self.shape {
            Shape::Point(Point::Calendar(calendar)) => calendar.weekday?,
            Shape::Point(Point::Told { from: Some(from), unit: Unit::Day, count: 0 }) => match &**from {
                Point::Calendar(calendar) => calendar.weekday?,
                _ => return None,
            },
            Shape::Point(Point::RelativeWeekday { weekday, .. } | Point::WeekdayOfWeek { weekday, .. }) => *weekday,
            _ => return None,
        };
        Weekday::from_monday_one_offset(number).ok()
    }

    /// Month and day where the words name them, with or without a year.
    pub fn month_day(&self) -> Option<(i8, i8)> {
        let calendar = self.calendar()?;
        match calendar.month? {
            MonthOf::Named(month) => Some((month, calendar.day?)),
            MonthOf::Relative(_) => None,
        }
    }

    /// The month that the words name.
    pub fn month(&self) -> Option<i8> {
        match self.calendar()?.month? {
            MonthOf::Named(month) => Some(month),
            MonthOf::Relative(_) => None,
        }
    }

    /// The year that the words name.
    pub fn year(&self) -> Option<i16> {
        match self.calendar()?.year? {
            YearOf::Named(year) => Some(year),
            YearOf::Relative(_) => None,
        }
    }

    /// Whether the words mean the day of publication.
    pub fn is_today(&self) -> bool {
        self.shape == Shape::Point(Point::Offset { unit: Unit::Day, count: 0, only_future: false })
    }

    /// Whether it is only a day of the week, or counts from one that was told, or a stretch between two.
    pub fn is_bare_weekday(&self) -> bool {
        match &self.shape {
            Shape::Point(point) => point.is_bare_weekday(),
            Shape::Range(Some(from), Some(to)) => from.is_bare_weekday() && to.is_bare_weekday(),
            _ => false,
        }
    }

    /// Whether no date can be had from the words: recently, in the coming days.
    pub fn is_vague(&self) -> bool {
        self.shape == Shape::Point(Point::Vague)
    }

    /// Counts from `told`, where it counts from a day named before; false where it is left without one.
    pub(super) fn count_from(&mut self, told: Option<&Point>) -> bool {
        match &mut self.shape {
            Shape::Point(Point::Told { from, unit, count }) => {
                match told.cloned() {
                    // no chains: two days after the day before is one day after
                    Some(Point::Told { from: first, count: more, .. }) if *unit == Unit::Day => {
                        *from = first;
                        *count = count.saturating_add(more);
                    }
                    told => *from = told.map(Box::new),
                }
                from.is_some()
            }
            _ => true,
        }
    }

    /// The day that it names, for others to count from.
    pub(super) fn named_day(&self) -> Option<&Point> {
        let Shape::Point(point) = &self.shape else { return None };
        let names_a_day = match point {
            Point::Calendar(calendar) => calendar.day.is_some() || calendar.weekday.is_some(),
            Point::Offset { unit, .. } | Point::Told { unit, .. } => *unit == Unit::Day,
            Point::RelativeWeekday { .. } | Point::WeekdayOfWeek { .. } => true,
            _ => false,
        };
        names_a_day.then_some(point)
    }

    /// Whether it is a stretch with a beginning or an end (since, until, from ... to).
    pub fn is_range(&self) -> bool {
        matches!(self.shape, Shape::Range(..))
    }

    fn calendar(&self) -> Option<&Calendar> {
        match &self.shape {
            Shape::Point(Point::Calendar(calendar)) => Some(calendar),
            _ => None,
        }
    }
}
