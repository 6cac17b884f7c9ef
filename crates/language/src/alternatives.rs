//! Rows that stand for many forms: `{speak|spoke} {to|with}` is four.
//!
//! In: the first cell of a row. Out: the forms it stands for. Never: judges a form.

use std::collections::HashSet;

/// Forms of one row, at the most.
const MOST: usize = 4096;

/// The forms that a cell stands for, in the order in which it names them. Alternatives stand in braces, an empty one for nothing
/// (`{prime |}minister`); spaces with nothing between them are one. Braces without a `|` are characters of the form.
///
/// # Errors
/// Where a brace is not closed or stands within another, a form comes twice, or there are more than 4,096.
pub fn alternatives(cell: &str) -> Result<Vec<String>, String> {
    let mut forms = vec![String::new()];
    let mut rest = cell;
    while let Some((before, behind)) = rest.split_once('{').filter(|(_, behind)| behind.contains('|')) {
        let Some((choices, after)) = behind.split_once('}').filter(|(choices, _)| !choices.contains('{')) else {
            return Err(format!("in {cell:?} an opening brace has no closing one"));
        };
        let choices = choices.split('|');
        if forms.len().saturating_mul(choices.clone().count()) > MOST {
            return Err(format!("{cell:?} stands for more than {MOST} forms; split the row"));
        }
        forms = forms.iter().flat_map(|form| choices.clone().map(move |choice| format!("{form}{before}{choice}"))).collect();
        rest = after;
    }
    if forms.len() == 1 {
        return Ok(vec![rest.to_owned()]);
    }
    let spaced = |form: &String| format!("{form}{rest}").split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let forms: Vec<String> = forms.iter().map(spaced).collect();
    let mut seen = HashSet::new();
    match forms.iter().find(|form| !seen.insert(form.as_str())) {
        Some(form) => Err(format!("{cell:?} stands for {form:?} twice")),
        None => Ok(forms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stands_for_every_choice_of_its_alternatives() {
        for (cell, forms) in [
            ("met", &["met"][..]),
            ("{speak|spoke} {to|with}", &["speak to", "speak with", "spoke to", "spoke with"]),
            (
                "ministr{|a|em} {české |}vlády",
                &[
                    "ministr české vlády",
                    "ministr vlády",
                    "ministra české vlády",
                    "ministra vlády",
                    "ministrem české vlády",
                    "ministrem vlády",
                ],
            ),
            ("held {long|} talks", &["held long talks", "held talks"]),
            ("CZ | EN", &["CZ | EN"]),
            ("{{comments", &["{{comments"]),
            ("too  wide", &["too  wide"]),
        ] {
            assert_eq!(alternatives(cell).as_deref(), Ok(&forms.iter().map(|form| (*form).to_owned()).collect::<Vec<_>>()[..]), "{cell}");
        }
    }

    #[test]
    fn what_is_no_row_is_told() {
        let ten = "{0|1|2|3|4|5|6|7|8|9}";
        for (cell, words) in [
            ("{a|b", "no closing"),
            ("{a|{b|c}}", "no closing"),
            ("{a|a} b", "twice"),
            ("{a |}{a |}b", "twice"),
            (&*ten.repeat(4), "more than 4096"),
        ] {
            assert!(alternatives(cell).is_err_and(|error| error.contains(words)), "{cell}");
        }
    }
}
