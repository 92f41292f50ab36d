/// In what way a frame repeats another.
package enum DuplicateKind: String, CaseIterable, Sendable {
    /// The same bytes.
    case identical
    /// Other bytes that show the same, but for noise and a change of light.
    case near
}
