/// A test waited in vain.
package struct WaitedInVain: Error, CustomStringConvertible {
    let thing: String
    let patience: Duration

    package var description: String { "waited \(patience) for \(thing), in vain" }
}

/// Waits for what something else brings about, and no longer than a busy machine may take: a test that waits in vain fails, and
/// says what for, rather than holding up all that come after it.
package func wait(
    for thing: String, atMost patience: Duration = .seconds(90), looking interval: Duration = .milliseconds(10),
    until isThere: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + patience
    while try await !isThere() {
        guard ContinuousClock.now < end else { throw WaitedInVain(thing: thing, patience: patience) }
        try await Task.sleep(for: interval)
    }
}
