public import Vocabulary

/// The metrics cannot be served.
public struct MetricsServerError: ExplainedError, Hashable {
    public let address: MetricsAddress
    let reason: String

    /// A short constant for logs and metrics.
    public var label: String { "metrics" }

    public var description: String { "the metrics cannot be served at \(address): \(reason)" }

    /// What the person does now.
    public var hint: String { "Choose another port; on “ss -tlnp” stands what listens where." }
}
