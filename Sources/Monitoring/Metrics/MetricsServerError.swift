internal import Vocabulary

/// The metrics cannot be served.
package struct MetricsServerError: ExplainedError, Hashable {
    package let address: MetricsAddress
    let reason: String

    /// A short constant for logs and metrics.
    package var label: String { "metrics" }

    package var description: String { "the metrics cannot be served at \(address): \(reason)" }

    /// What the person does now.
    package var hint: String { "Choose another port; on “ss -tlnp” stands what listens where." }
}
