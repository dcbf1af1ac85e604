//! Apis: their versions, what ranges of callers meet, and what a change of a contract takes.

pub mod ambiguous_api;
pub mod ambiguous_version;
pub mod breaking_without_major;
pub mod contract_missing;
pub mod contract_not_compared;
pub mod dependency_on_deprecated;
pub mod dependency_on_prerelease;
pub mod deprecated_without_sunset;
pub mod mixed_version_location;
pub mod needless_major;
pub mod pinned_version;
pub mod removed_before_sunset;
pub mod required_version_unsatisfied;
pub mod routed_past_sunset;
pub mod several_versions_in_knot;
pub mod stability_lowered;
pub mod stable_on_alpha;
pub mod style_mismatch;
pub mod sunset_moved_earlier;
pub mod sunset_too_soon;
pub mod too_many_versions;
pub mod unknown_element;
pub mod unversioned_public_api;
pub mod version_gap;
pub mod version_too_low;
pub mod version_went_down;
