internal import Archive
internal import Validation
internal import Vocabulary

/// How far a check of the pictures has come, and what it found up to there.
struct VerifyTally: Sendable {
    /// The content up to which everything is checked.
    var position = Int64.min
    var pictures = 0
    var frames = 0
    var bytes = ByteCount.zero
    var suspects: ArchiveVerifier.Suspects = [:]
    var doubts: [SHA256Digest: Suspicion] = [:]
    var seams: [SHA256Digest: Seam] = [:]
    var unmatched: [StoredPicture] = []
    /// How many pictures could not be fetched from packs, by why.
    var unfetched: [String: Int] = [:]
    /// Those of them whose pack is gone or was cut short. Of a check that is gone on with, the ones since then.
    var lost: [SHA256Digest: String] = [:]
    /// How many pictures in packs were not asked for.
    var passedOver = 0
    /// The contents that were come by since the check began or was gone on with.
    var passed = NumberRuns()

    mutating func add(_ result: PictureCheck.Result, of page: PictureWalk.Page) {
        position = page.end
        pictures += result.pictures
        frames += result.frames
        bytes += result.bytes
        suspects.merge(result.suspects) { first, _ in first }
        doubts.merge(result.doubts) { first, _ in first }
        seams.merge(result.seams) { first, _ in first }
        unmatched += result.unmatched
        unfetched.merge(result.unfetched, uniquingKeysWith: +)
        lost.merge(result.lost) { first, _ in first }
        passedOver += result.passedOver
        let strangers = Set(result.unmatched.map(\.content))
        for content in page.contents where !strangers.contains(content) { passed.append(content) }
    }
}

extension VerifyTally: Codable {
    private enum Key: String, CodingKey {
        case position, pictures, frames, bytes, suspects, doubts, seams, unmatched, unfetched, passedOver
    }

    private struct Suspect: Codable {
        let sha256: [UInt8]
        let problem: String
    }

    private struct Doubt: Codable {
        let sha256: [UInt8]
        let suspect, place: String
    }

    private struct SeamFound: Codable {
        let sha256: [UInt8]
        let row, unit, component: Int
        let height: Float
    }

    private struct Stranger: Codable {
        let content: Int64
        let sha256: [UInt8]
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        position = try container.decode(Int64.self, forKey: .position)
        pictures = try container.decode(Int.self, forKey: .pictures)
        frames = try container.decode(Int.self, forKey: .frames)
        bytes = ByteCount(try container.decode(Int64.self, forKey: .bytes))
        for suspect in try container.decode([Suspect].self, forKey: .suspects) {
            if let sha256 = SHA256Digest(bytes: suspect.sha256) { suspects[sha256] = suspect.problem }
        }
        for doubt in try container.decodeIfPresent([Doubt].self, forKey: .doubts) ?? [] {
            guard let sha256 = SHA256Digest(bytes: doubt.sha256), let kind = Suspicion.Kind(rawValue: doubt.suspect)
            else { continue }
            doubts[sha256] = Suspicion(kind, at: doubt.place)
        }
        for found in try container.decodeIfPresent([SeamFound].self, forKey: .seams) ?? [] {
            guard let sha256 = SHA256Digest(bytes: found.sha256) else { continue }
            seams[sha256] = Seam(
                row: found.row, unit: found.unit, height: found.height, component: found.component)
        }
        unfetched = try container.decodeIfPresent([String: Int].self, forKey: .unfetched) ?? [:]
        passedOver = try container.decodeIfPresent(Int.self, forKey: .passedOver) ?? 0
        for stranger in try container.decode([Stranger].self, forKey: .unmatched) {
            guard let sha256 = SHA256Digest(bytes: stranger.sha256) else { continue }
            unmatched.append(StoredPicture(content: stranger.content, sha256: sha256))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(position, forKey: .position)
        try container.encode(pictures, forKey: .pictures)
        try container.encode(frames, forKey: .frames)
        try container.encode(bytes.bytes, forKey: .bytes)
        try container.encode(unfetched, forKey: .unfetched)
        try container.encode(passedOver, forKey: .passedOver)
        try container.encode(
            suspects.map { Suspect(sha256: $0.key.bytes, problem: $0.value) }, forKey: .suspects)
        try container.encode(
            doubts.map { Doubt(sha256: $0.key.bytes, suspect: $0.value.kind.rawValue, place: $0.value.place) },
            forKey: .doubts)
        try container.encode(
            seams.map {
                SeamFound(
                    sha256: $0.key.bytes, row: $0.value.row, unit: $0.value.unit, component: $0.value.component,
                    height: $0.value.height)
            }, forKey: .seams)
        try container.encode(
            unmatched.map { Stranger(content: $0.content, sha256: $0.sha256.bytes) }, forKey: .unmatched)
    }
}
