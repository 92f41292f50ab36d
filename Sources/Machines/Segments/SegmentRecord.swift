internal import Archive
internal import Vocabulary

/// One line of a segment: how a record stands now, or that it is gone. Applied twice it says the same.
///
/// Numbers are the telling machine's own, instants are milliseconds since 1970, and columns have the names that
/// `printlapse schema` explains.
struct SegmentRecord: Codable, Sendable {
    var camera: Told.Camera?
    var print: Told.Print?
    var noPrint: Int64?
    var frame: Told.Frame?
    var noFrame: Int64?
    var pack: Told.Pack?
    var noPack: Int64?
    var place: Told.Place?
    var home: Told.Home?
    var runs: Told.Runs?
    var run: Told.Run?
    var noRun: Told.RunKey?
    /// The last line: how many there are between the first and this.
    var end: Int?

    enum CodingKeys: String, CodingKey {
        case camera, print, frame, pack, place, home, runs, run, end
        case noPrint = "no_print"
        case noFrame = "no_frame"
        case noPack = "no_pack"
        case noRun = "no_run"
    }

    /// Why the line cannot be; `nil` where it can.
    ///
    /// What a hub takes in it tells on as its own archive's: nothing gets there that a check of the archive would call damage.
    var problem: String? {
        camera?.problem ?? print?.problem ?? frame?.problem ?? pack?.problem ?? place?.problem ?? home?.problem
            ?? runs?.problem ?? run?.problem
    }
}

/// What segments tell.
enum Told {
    struct Camera: Codable, Hashable, Sendable {
        let id: Int64
        let name: String

        var problem: String? {
            guard Bounds.isNumber(id) else { return "a camera's number is \(id)" }
            return (try? CameraName(name)) == nil ? "“\(name)” is no camera's name" : nil
        }
    }

    struct Print: Codable, Hashable, Sendable {
        let id: Int64
        let camera: Int64
        let number: Int64?
        let series: String?
        let toldBy: String
        let name: String?
        let state: String
        let startedAt: Int64
        let endedAt: Int64?
        let excluded: Bool
        let pinned: Bool
        let note: String?

        enum CodingKeys: String, CodingKey {
            case id, number, series, name, state, excluded, pinned, note
            case camera = "camera_id"
            case toldBy = "told_by"
            case startedAt = "started_at"
            case endedAt = "ended_at"
        }

        var problem: String? {
            let isRight =
                Bounds.isNumber(id) && Bounds.isNumber(camera) && (number ?? 0) >= 0
                && (number ?? 0) <= ValueRule.greatestNumber && Bounds.isInstant(startedAt)
                && (endedAt.map(Bounds.isInstant) ?? true) && PrintWitness(rawValue: toldBy) != nil
                && PrintState(rawValue: state) != nil && Bounds.areShort(series, name, note)
            return isRight ? nil : "print \(id) has a value that cannot be"
        }
    }

    struct Frame: Codable, Hashable, Sendable {
        let id: Int64
        let camera: Int64
        let capturedAt: Int64
        let takenAt: Int64?
        let slotAt: Int64?
        let lastSeenAt: Int64
        let seen: Int64
        let width: Int
        let height: Int
        let bytes: Int64
        let sha256: String
        let perceptualHash: String
        let print: Int64?
        let variant: String?
        let source: String
        let excluded: Bool
        let pinned: Bool
        let progress: Double?
        let printerState: String?
        let prediction: Double?
        let brightness: Int?
        let sharpness: Int?
        let change: Int?
        let changedPercent: Int?
        let note: String?
        let damagedAt: Int64?
        let suspect: String?
        let suspectPlace: String?

        enum CodingKeys: String, CodingKey {
            case id, seen, width, height, bytes, sha256, variant, source, excluded, pinned, progress, prediction
            case brightness, sharpness, change, note, suspect
            case camera = "camera_id"
            case capturedAt = "captured_at"
            case takenAt = "taken_at"
            case slotAt = "slot_at"
            case lastSeenAt = "last_seen_at"
            case perceptualHash = "perceptual_hash"
            case print = "print_id"
            case printerState = "printer_state"
            case changedPercent = "changed_percent"
            case damagedAt = "damaged_at"
            case suspectPlace = "suspect_place"
        }

        var problem: String? {
            let numbers =
                Bounds.isNumber(id) && Bounds.isNumber(camera) && (print.map(Bounds.isNumber) ?? true)
                && Bounds.isNumber(seen) && Bounds.isNumber(bytes) && bytes < 1 << 31
                && (1...65_535).contains(width) && (1...65_535).contains(height)
            let instants =
                [capturedAt, takenAt, slotAt, lastSeenAt, damagedAt].allSatisfy { $0.map(Bounds.isInstant) ?? true }
                && lastSeenAt >= capturedAt
            let measures =
                Bounds.isWithin(brightness, 0...255) && Bounds.isWithin(sharpness, 0...255)
                && Bounds.isWithin(change, 0...510) && Bounds.isWithin(changedPercent, 0...100)
                && [progress, prediction].allSatisfy { $0.map { (0...1).contains($0) } ?? true }
            let words =
                SHA256Digest(hexadecimal: sha256) != nil && perceptualHash.utf8.count == 16
                && UInt64(perceptualHash, radix: 16) != nil && SnapshotSourceKind(rawValue: source) != nil
                && (variant.map { PictureVariant(rawValue: $0) != nil } ?? true)
                && (printerState.map { PrintState(rawValue: $0) != nil } ?? true)
                && (suspect.map { Suspicion.Kind(rawValue: $0) != nil } ?? true)
                && Bounds.areShort(note, suspectPlace)
            return numbers && instants && measures && words ? nil : "frame \(id) has a value that cannot be"
        }
    }

    struct Pack: Codable, Hashable, Sendable {
        let id: Int64
        /// The store's location; `nil`: the one in which the segment is.
        let store: String?
        let name: String
        let sha256: String
        let bytes: Int64

        var problem: String? {
            let isRight =
                Bounds.isNumber(id) && Bounds.isNumber(bytes) && SHA256Digest(hexadecimal: sha256) != nil
                && Bounds.areShort(store, name)
            return isRight ? nil : "pack \(id) has a value that cannot be"
        }
    }

    /// Where a picture's bytes are.
    struct Place: Codable, Hashable, Sendable {
        let pack: Int64
        /// The picture as captured.
        let picture: String
        /// The digest of its bytes there, where it was made smaller.
        let stored: String?
        let start: Int64
        let bytes: Int64
        let orientation: Int

        var problem: String? {
            let isRight =
                Bounds.isNumber(pack) && SHA256Digest(hexadecimal: picture) != nil
                && (stored.map { SHA256Digest(hexadecimal: $0) != nil } ?? true)
                && (0...ValueRule.greatestNumber).contains(start) && (1..<1 << 31).contains(bytes)
                && (1...8).contains(orientation)
            return isRight ? nil : "a place in pack \(pack) cannot be"
        }
    }

    /// A picture that is with its machine again.
    struct Home: Codable, Hashable, Sendable {
        let picture: String

        var problem: String? { SHA256Digest(hexadecimal: picture) == nil ? "“\(picture)” is no SHA-256" : nil }
    }

    /// That from one instant on and before another a camera's ledger has the runs that follow, and no other.
    struct Runs: Codable, Hashable, Sendable {
        let camera: Int64
        let from: Int64?
        let until: Int64?

        enum CodingKeys: String, CodingKey {
            case camera = "camera_id"
            case from, until
        }

        var problem: String? { Bounds.isNumber(camera) ? nil : "a ledger is of camera \(camera)" }
    }

    struct Run: Codable, Hashable, Sendable {
        let camera: Int64
        let from: Int64
        let interval: Int64
        let slots: Int64
        let outcome: String
        let detail: String?
        let bytes: Int64
        let frame: Int64?
        let removed: Int64

        enum CodingKeys: String, CodingKey {
            case slots, outcome, detail, bytes, removed
            case camera = "camera_id"
            case from = "from_at"
            case interval = "interval_ms"
            case frame = "frame_id"
        }

        var problem: String? {
            let isRight =
                Bounds.isNumber(camera) && Bounds.isInstant(from)
                && (1...LedgerTable.longestInterval).contains(interval) && Bounds.isNumber(slots)
                && slots <= Bounds.allTime / interval && SlotOutcome(rawValue: outcome) != nil
                && (0...ValueRule.greatestNumber).contains(bytes) && (frame.map(Bounds.isNumber) ?? true)
                && (0...slots).contains(removed) && Bounds.areShort(detail)
            return isRight ? nil : "camera \(camera)'s run at \(from) has a value that cannot be"
        }
    }

    struct RunKey: Codable, Hashable, Sendable {
        let camera: Int64
        let from: Int64

        enum CodingKeys: String, CodingKey {
            case camera = "camera_id"
            case from = "from_at"
        }
    }
}

/// What values can be, as `verify` has it.
private enum Bounds {
    /// In milliseconds.
    static let allTime = Timestamp.plausible.upperBound.milliseconds

    static func isNumber(_ number: Int64) -> Bool { (1...ValueRule.greatestNumber).contains(number) }

    static func isInstant(_ milliseconds: Int64) -> Bool { Timestamp(milliseconds: milliseconds).isPlausible }

    static func isWithin(_ number: Int?, _ range: ClosedRange<Int>) -> Bool { number.map(range.contains) ?? true }

    /// Longer ones are nobody's: a note has 1,000 characters.
    static func areShort(_ texts: String?...) -> Bool { texts.allSatisfy { ($0?.utf8.count ?? 0) <= 16_384 } }
}
