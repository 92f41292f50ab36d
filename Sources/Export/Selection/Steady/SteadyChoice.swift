internal import Catalog

/// placeholder
struct SteadyChoice: Sendable {
    let row: [ExportCandidate]
    let count: Int
    init(_ row: [ExportCandidate], count: Int, catalog: Catalog) { (self.row, self.count) = (row, count) }
    func taken(progress: @escaping ExportProgressReport) async throws(ExportError) -> [ExportCandidate] {
        EvenChoice.places(of: count, in: FrameTimes(row).elapsed).map { row[$0] }
    }
}
