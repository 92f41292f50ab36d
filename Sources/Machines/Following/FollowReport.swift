package import Archive
package import Vocabulary

/// What was taken in.
package struct FollowReport: Hashable, Sendable {
    package internal(set) var segments = 0
    /// Frames that are new here.
    package internal(set) var frames = 0
    /// Frames that their machines removed, or that went with a retired one.
    package internal(set) var removed = 0
    /// Every machine whose records are here, or whose segments were found and not taken in.
    package internal(set) var machines: [FollowedMachine] = []
    /// Stores that did not answer, and names that no camera got, each in a sentence.
    package internal(set) var problems: [String] = []

    package init() {}

    /// Whether every machine that is followed is here up to its last segment.
    package var isWhole: Bool {
        problems.isEmpty && machines.allSatisfy { $0.retiredAt != nil || $0.problem == nil && $0.behind == 0 }
    }

    /// Adds what a store had.
    package mutating func add(_ other: FollowReport) {
        segments += other.segments
        frames += other.frames
        removed += other.removed
        problems += other.problems
        machines = other.machines
    }

    /// Adds that a store did not answer, or something else that was asked for could not be done.
    package mutating func add(_ error: any ExplainedError) { problems.append(error.message) }
}

extension FollowReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("segments", \.segments),
        Field("frames", \.frames),
        Field("removed", \.removed),
        Field("machines", \.machines),
        Field("problems", \.problems),
    ]
}

/// A machine's camera, as one names it who gives it another name here.
package struct FollowedCameraName: Hashable, Sendable {
    /// The machine's name, or what it is known by.
    package let machine: String
    package let camera: CameraName

    package init(machine: String, camera: CameraName) { (self.machine, self.camera) = (machine, camera) }
}
