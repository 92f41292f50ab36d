import Vocabulary

/// What one picture cost, stage by stage.
struct StageTimes {
    let validate, fingerprint, store: Duration

    var all: Duration { validate + fingerprint + store }
}

/// Both paths' times for pictures of one size.
struct Comparison {
    private let size: PixelSize
    private var whole: [StageTimes] = []
    private var bare: [StageTimes] = []
    private var bytes = 0

    init(size: PixelSize) {
        self.size = size
    }

    mutating func record(whole: StageTimes, bare: StageTimes, bytes: Int) {
        self.whole.append(whole)
        self.bare.append(bare)
        self.bytes += bytes
    }

    static let heading = "picture              stage          printlapse      bare     ratio   frames/s"

    var table: String {
        let stages: [(String, KeyPath<StageTimes, Duration>)] = [
            ("validate", \.validate), ("fingerprint", \.fingerprint), ("store", \.store),
            ("before storing", \.beforeStoring), ("all", \.all),
        ]
        let name = "\(size), \(ByteCount(bytes / max(1, whole.count)))"
        return stages.enumerated().map { index, stage in
            let (ours, theirs) = (median(whole, stage.1), median(bare, stage.1))
            return [
                (index == 0 ? name : "").filled(to: 21), stage.0.filled(to: 15),
                ours.formatted(places: 3).right(in: 10), theirs.formatted(places: 3).right(in: 10),
                (ours / theirs).formatted(places: 2).right(in: 10),
                stage.0 == "all" ? (1000 / ours).formatted(places: 0).right(in: 11) : "",
            ].joined()
        }.joined(separator: "\n") + "\n"
    }

    /// In milliseconds.
    private func median(_ times: [StageTimes], _ stage: KeyPath<StageTimes, Duration>) -> Double {
        let sorted = times.map { $0[keyPath: stage] / .milliseconds(1) }.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}

extension StageTimes {
    fileprivate var beforeStoring: Duration { validate + fingerprint }
}
