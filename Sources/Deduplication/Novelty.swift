internal import Validation

/// What a frame is beside the last kept one.
package enum Novelty: Sendable {
    case novel(NovelFrame)
    case repeats(LastKept, DuplicateKind)
}
