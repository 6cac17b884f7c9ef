//! In which city a building or resort lies.
//!
//! In: places with their positions. Out: the city of each site that has one near it. Never: a city of another country.

use crate::{PlaceFact, Written};
use std::collections::BTreeMap;

/// Degrees within which a site belongs to a city; positions are known to a tenth.
const NEAR: f64 = 0.25;

/// Latitude and longitude.
type Position = (f64, f64);

/// Gives each site its city: the capital where it is near, or else the nearest.
pub(crate) fn settle(places: &mut BTreeMap<Written, PlaceFact>) {
    let mut cities: BTreeMap<Written, Vec<(bool, Position, Written)>> = BTreeMap::new();
    for place in places.values().filter(|place| !place.site) {
        if let Some(position) = place.position {
            cities.entry(place.country.clone()).or_default().push((!place.capital, position, place.name.clone()));
        }
    }
    for site in places.values_mut().filter(|place| place.site) {
        let (Some(cities), Some(position)) = (cities.get(&site.country), site.position) else { continue };
        let away = |city: &Position| (city.0 - position.0).abs().max((city.1 - position.1).abs());
        let near = cities.iter().filter(|(_, city, _)| away(city) <= NEAR);
        let nearest = near.min_by(|one, other| one.0.cmp(&other.0).then(away(&one.1).total_cmp(&away(&other.1))).then(one.2.cmp(&other.2)));
        site.city = nearest.map(|(.., name)| name.clone());
    }
}

#[cfg(test)]
mod tests {
    use crate::{Reference, TableFile};

    #[test]
    fn a_site_lies_in_the_capital_or_the_nearest_city_of_its_country() {
        let text = "key\tkind\tlatitude\tlongitude\tqid\tsource\n\
            Castle, AA\tsite\t50.1\t14.4\t\town\n\
            Fortress, AA\tsite\t49.1\t16.6\t\town\n\
            Lodge, AA\tsite\t48.0\t10.0\t\town\n\
            Town, AA\tcity\t50.1\t14.4\t\town\n\
            Capital, AA\tcapital\t50.0\t14.3\t\town\n\
            Village, AA\tcity\t49.2\t16.6\t\town\n\
            Border, BB\tcapital\t48.0\t10.0\t\town\n";
        let (reference, _) = Reference::load(&[TableFile { path: "places.tsv".into(), text: text.into(), imported: false }]);
        let city = |key: &str| reference.place(key).and_then(|place| place.city.as_deref());
        assert_eq!((city("Castle, AA"), city("Fortress, AA"), city("Lodge, AA")), (Some("Capital"), Some("Village"), None));
        assert_eq!(city("Town, AA"), None);
    }
}
