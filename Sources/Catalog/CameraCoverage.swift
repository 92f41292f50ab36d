public import Vocabulary

/// How a camera's slots went over a stretch of time that is cut into equal cells: the timeline from far away.
public struct CameraCoverage: Hashable, Sendable {
    public let camera: CameraName
    /// In order of time.
    public private(set) var cells: [Cell]

    /// What the ledger tells of one cell's time. What it tells nothing of is in neither: the time before the camera's first slot
    /// and after its last one.
    public struct Cell: Hashable, Sendable {
        /// For how long frames were kept or confirmed.
        public var seen = Duration.zero
        /// For how long there was a hole.
        public var unseen = Duration.zero
        /// Whether a new frame was kept.
        public var hasNewFrame = false
    }

    private let from: Timestamp
    private let cellLength: Int64

    /// - Parameters:
    ///   - camera: whose slots are laid out.
    ///   - from: the first cell's beginning.
    ///   - until: the last cell's end; cells are a whole number of milliseconds long, so it may end a little later.
    ///   - count: how many cells, 1 or more.
    public init(camera: CameraName, from: Timestamp, until: Timestamp, cells count: Int) {
        self.camera = camera
        self.from = from
        cells = Array(repeating: Cell(), count: max(1, count))
        cellLength = max(1, ((until - from).milliseconds + Int64(cells.count) - 1) / Int64(cells.count))
    }

    /// Counts a run of slots; what lies outside of the cells is left out.
    mutating func add(from runFrom: Timestamp, until runUntil: Timestamp, _ kind: Kind) {
        let end = Int64(cells.count) * cellLength
        var place = max(0, (runFrom - from).milliseconds)
        let last = min(end, (runUntil - from).milliseconds)
        while place < last {
            let cell = Int(place / cellLength)
            let next = min(last, Int64(cell + 1) * cellLength)
            switch kind {
            case .gap: cells[cell].unseen += .milliseconds(next - place)
            case .repeated, .new: cells[cell].seen += .milliseconds(next - place)
            }
            if kind == .new { cells[cell].hasNewFrame = true }
            place = next
        }
    }

    /// Outcomes as a bar tells them apart.
    enum Kind: Int { case gap, repeated, new }
}
