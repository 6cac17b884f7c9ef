//! What of a page is its article.
//!
//! In: a tree. Out: for each node what part of the page it is. Never: alters the tree.

use super::tags::Tag;
use super::tree::Tree;
use chancery_model::Part;

/// The part that each node plays.
pub fn parts(tree: &Tree) -> Vec<Part> {
    use Tag::*;
    let mut parts = vec![Part::Text; tree.nodes.len()];
    for node in 0..tree.nodes.len() {
        let tag = tree.tag(node);
        let around = parts[tree.nodes[node].parent];
        parts[node] = match tag {
            _ if around != Part::Text => around,
            Head | Nav | Footer | Aside | Form | Button | Select | Script | Style => Part::Furniture,
            FigCaption => Part::Caption,
            tag if tag.is_heading() => Part::Headline,
            _ => Part::Text,
        };
    }
    parts
}
