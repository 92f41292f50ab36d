internal import Catalog

/// Takes some of a row of frames, as a selection says.
struct FrameThinning: Sendable {
    let selection: ExportSelection
    let catalog: Catalog
    let progress: ExportProgressReport

    /// A step of a steady choice has so many frames unless it is told otherwise.
    private static let usualStep = 10

    /// - Parameters:
    ///   - most: the room there is, 1 or more; `nil` for any number.
    ///   - steadyMost: the room that frames have which are chosen for their likeness, where that is less.
    func taken(
        of row: [ExportCandidate], atMost most: Int? = nil, steadyMost: Int? = nil
    ) async throws(ExportError) -> [ExportCandidate] {
        let limits = [most, selection.most].compactMap { $0 }
        guard selection.isSteady else {
            let candidates = EvenChoice.taken(everyNth: selection.every, of: row)
            guard let limit = limits.min(), limit < candidates.count else { return candidates }
            return EvenChoice.places(of: limit, in: FrameTimes(candidates).elapsed).map { candidates[$0] }
        }
        var count = (row.count + selection.every - 1) / selection.every
        if let limit = (limits + [steadyMost].compactMap { $0 }).min() {
            count = min(count, limit)
        } else if selection.every == 1 {
            count = (row.count + Self.usualStep - 1) / Self.usualStep
        }
        return try await SteadyChoice(row, count: max(1, count), catalog: catalog).taken(progress: progress)
    }
}
