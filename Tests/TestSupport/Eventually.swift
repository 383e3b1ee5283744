/// Waits until a condition holds, looking every few milliseconds; false when it never did.
///
/// The limit is generous on purpose: it only decides how long a failure takes.
package func eventually(
    within limit: Duration = .seconds(60), _ condition: () -> Bool
) async -> Bool {
    let end = ContinuousClock.now.advanced(by: limit)
    while !condition() {
        guard ContinuousClock.now < end else { return false }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return true
}
