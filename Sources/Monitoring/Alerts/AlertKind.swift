package import Capture
internal import Vocabulary

/// What the owner of a job is told of, each once and not at every slot.
package enum AlertKind: String, CaseIterable, Sendable {
    /// A camera has shown no picture for a while, because it or the way to it does not work.
    case cameraStopped = "camera_stopped"
    /// A camera that was reported works again.
    case cameraBack = "camera_back"
    /// A camera has shown the very same picture for long while something prints.
    case cameraFrozen = "camera_frozen"
    /// The tunnel's credentials are refused.
    case unauthorized
    /// Most of what captures may use of the month's allowance is used.
    case capNear = "cap_near"
    /// Captures pause for the sake of the allowance.
    case capMet = "cap_met"
    /// Little room is left in the archive's file system.
    case diskLow = "disk_low"
    /// SQLite's log grows, because another program reads one state of the archive at length.
    case logGrowing = "log_growing"
    /// Older pictures cannot be moved to their store: it is away, full, or refuses us.
    case offloadFailing = "offload_failing"
    /// A hub cannot be told of the archive: the store is away, full or refuses us, or another archive publishes as this machine.
    case publishFailing = "publish_failing"
    /// A print is over, however it went.
    case printFinished = "print_finished"
    /// A timelapse made itself.
    case timelapseReady = "timelapse_ready"

    /// What an alert is about, and goes with.
    enum Subject: Hashable, Sendable {
        /// A camera: where that is no longer captured, the alert is over.
        case camera
        /// Cameras that share an account.
        case account
        case archive
    }

    var subject: Subject {
        switch self {
        case .cameraStopped, .cameraBack, .cameraFrozen, .unauthorized, .printFinished, .timelapseReady:
            .camera
        case .capNear, .capMet: .account
        case .diskLow, .logGrowing, .offloadFailing, .publishFailing: .archive
        }
    }

    /// Whether it lasts until something ends it, so that it is not told again in the meantime.
    package var isLasting: Bool {
        switch self {
        case .cameraStopped, .cameraFrozen, .unauthorized, .capNear, .capMet, .diskLow, .logGrowing,
            .offloadFailing, .publishFailing:
            true
        case .cameraBack, .printFinished, .timelapseReady: false
        }
    }

    /// When it is told: “a camera stops”.
    package var occasion: String {
        switch self {
        case .cameraStopped: "a camera stops"
        case .cameraBack: "a camera is back"
        case .cameraFrozen: "a camera is frozen"
        case .unauthorized: "a camera is unauthorized"
        case .capNear: "the cap is near"
        case .capMet: "the cap is met"
        case .diskLow: "the disk is low"
        case .logGrowing: "the archive's log grows"
        case .offloadFailing: "older pictures cannot be moved"
        case .publishFailing: "records cannot be published"
        case .printFinished: "a print is over"
        case .timelapseReady: "a timelapse is ready"
        }
    }
}

extension AlertKind {
    /// All occasions, as they stand in a sentence behind “when”.
    package static var occasions: String {
        let all = allCases.map(\.occasion)
        return all.dropLast().joined(separator: ", ") + " or " + (all.last ?? "")
    }
}

extension AlertKind {
    /// What is told while a task that a store has a part in fails.
    package init(failing task: StoreTask) {
        self =
            switch task {
            case .offload: .offloadFailing
            case .publish: .publishFailing
            }
    }
}

extension AlertKind: FieldConvertible {}
