public import Vocabulary

/// A timelapse that a rule had made, or that waits to be made.
///
/// There is one of each subject for each rule and camera, so that nothing is made twice, whatever the clock did.
public struct ArchivedTimelapse: Hashable, Sendable {
    /// What it is of.
    public enum Subject: Hashable, Sendable {
        /// The archive's number of the print.
        case print(Int64)
        /// A day, week, month or year that begins then.
        case period(Timestamp)
        /// The time just past, again and again.
        case rolling
    }

    public enum State: String, CaseIterable, Sendable, FieldConvertible {
        case waiting, making, made
        /// The rule leaves it out; the reason says why.
        case skipped
        /// It was made, and is older than the rule keeps.
        case removed
        /// The owner wants to hear of it no more.
        case forgotten
    }

    /// A file that was made.
    public struct File: Hashable, Sendable, Codable {
        public let path: String
        /// `nil` until it is made.
        public var bytes: Int64?

        public init(path: String, bytes: Int64? = nil) { (self.path, self.bytes) = (path, bytes) }
    }

    /// The archive's number of it; 0 until it is there.
    public package(set) var id: Int64 = 0
    public let rule: String
    public let camera: CameraName
    public let subject: Subject
    /// When what it is of begins.
    public package(set) var since: Timestamp
    /// When that ends.
    public package(set) var until: Timestamp
    public package(set) var state = State.waiting
    /// Since when it waits, or waited.
    public package(set) var dueAt: Timestamp
    public package(set) var nextTryAt: Timestamp
    /// How many times it was begun.
    public package(set) var attempts = 0
    /// Why the newest attempt failed, or why it is skipped.
    public package(set) var reason: String?
    /// What the person does now, where there is something to do.
    public package(set) var hint: String?
    /// What was made. While it waits or is being made: what stands or may stand under these names is of an attempt before.
    public package(set) var files: [File] = []
    public package(set) var poster: String?
    public package(set) var frames: Int?
    /// How long it lasts; `nil` where it is no video.
    public package(set) var length: Duration?
    public package(set) var madeAt: Timestamp?
    /// Whether the owner keeps it from being removed.
    public package(set) var isPinned = false

    public init(
        rule: String, camera: CameraName, subject: Subject, since: Timestamp, until: Timestamp, dueAt: Timestamp
    ) {
        (self.rule, self.camera, self.subject) = (rule, camera, subject)
        (self.since, self.until, self.dueAt, nextTryAt) = (since, until, dueAt, dueAt)
    }

    /// The archive's number of the print that it is of, where it is of one.
    public var print: Int64? { if case .print(let print) = subject { print } else { nil } }

    /// What its files take.
    public var bytes: ByteCount? {
        files.contains { $0.bytes != nil } ? ByteCount(files.reduce(0) { $0 + ($1.bytes ?? 0) }) : nil
    }
}

extension ArchivedTimelapse.Subject {
    /// As the archive has it.
    package var text: String {
        switch self {
        case .print(let print): "print \(print)"
        case .period(let since): "from \(since.milliseconds)"
        case .rolling: "rolling"
        }
    }

    package init?(text: String) {
        let words = text.split(separator: " ")
        switch (words.first, words.dropFirst().first.flatMap { Int64($0) }, words.count) {
        case ("print", let print?, 2): self = .print(print)
        case ("from", let since?, 2): self = .period(Timestamp(milliseconds: since))
        case ("rolling", nil, 1): self = .rolling
        default: return nil
        }
    }
}

extension ArchivedTimelapse: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("id", \.id), Field("rule", \.rule), Field("camera", \.camera), Field("print", \.print),
        Field("since", \.since), Field("until", \.until), Field("state", \.state), Field("due_at", \.dueAt),
        Field("next_try_at") { $0.state == .waiting ? $0.nextTryAt : nil }, Field("attempts", \.attempts),
        Field("reason", \.reason), Field("hint", \.hint), Field("files") { $0.files.map(\.path) },
        Field("poster", \.poster), Field("frames", \.frames), Field("bytes", \.bytes),
        Field("seconds") { $0.length.map { Double($0.milliseconds) / 1000 } }, Field("made_at", \.madeAt),
        Field("pinned", \.isPinned),
    ]
}
