/// How much is said, and how.
struct MessageOptions: Sendable {
    let quiet: Bool
    let verbose: Bool
    let logFormat: LogFormat?
}
