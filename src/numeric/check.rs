//! What the tests of this folder have in common.

/// Asserts that `got` is within the relative error `tolerance` of `expect`.
#[track_caller]
pub(super) fn close(got: f64, expect: f64, tolerance: f64, what: &dyn std::fmt::Debug) {
    let error = if expect == 0.0 { got.abs() } else { ((got - expect) / expect).abs() };
    assert!(
        got == expect || error <= tolerance,
        "{what:?}: got {got:e}, expected {expect:e}, relative error {error:e}"
    );
}
