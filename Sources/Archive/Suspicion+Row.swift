package import Vocabulary

extension Suspicion.Kind {
    /// Whether a frame is doubtful, as SQL asks it of the column `suspect`: what ``isDoubtful`` says of its kind, and not where it has
    /// none.
    package static let sqlIsDoubtful =
        "ifnull(suspect NOT IN ("
        + allCases.filter { !$0.isDoubtful }.map { "'\($0.rawValue)'" }.joined(separator: ", ") + "), FALSE)"
}
