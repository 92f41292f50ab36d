import Budget
import Capture
import Deduplication
import Vocabulary
import Yams

/// The settings that may stand for all cameras and for a single one, which then has its own.
struct CameraKeys {
    static let names = [
        "interval", "cap_stop", "reserve", "pace", "near_duplicates", "longest_gap", "when", "pre_roll", "post_roll",
        "prediction", "source", "live_share", "picture_deadline", "frozen_after",
    ]

    private let reader: YAMLReader
    private(set) var policy = CapturePolicy()
    private var ownersReserve: OwnersReserve?
    private var dropsNearDuplicates = false
    private var longestGap = NearDuplicates.standardLongestGap
    private var capturesAlways = true
    private var preRoll = CaptureTime.standardPreRoll
    private var postRoll = CaptureTime.standardPostRoll
    private var takesAnnounced = true
    private var takesLive = false
    private var liveShare = TunnelPictures.standardLiveShare

    init(_ reader: YAMLReader) {
        self.reader = reader
    }

    var pictures: TunnelPictures {
        takesLive ? takesAnnounced ? .both(liveShare: liveShare) : .live : .announced
    }

    /// These settings, with what the keys say above them.
    func reading(_ keys: [String: Node]) throws(ConfigurationError) -> CameraKeys {
        var settings = self
        try settings.readAllowance(keys)
        try settings.readDuplicates(keys)
        try settings.readTime(keys)
        try settings.readPictures(keys)
        if let node = keys["picture_deadline"] {
            let deadline = try reader.duration(node)
            guard (Duration.milliseconds(100)...Duration.seconds(3600)).contains(deadline) else {
                throw reader.problem(
                    "the deadline of pictures is not between 100ms and 1h", at: node,
                    hint: "10s is the standard; a slow camera may need 30s.")
            }
            settings.policy.pictureDeadline = deadline
        }
        if let node = keys["frozen_after"] {
            settings.policy.frozenAfter = try reader.scalar(node) == "off" ? nil : try reader.duration(node)
        }
        if let node = keys["interval"] {
            settings.policy.interval = try reader.duration(node)
            guard settings.policy.interval >= .milliseconds(10) else {
                throw reader.problem(
                    "the interval is too short", at: node, hint: "Use 10ms or more; 10s is the standard.")
            }
        }
        return settings
    }

    private mutating func readAllowance(_ keys: [String: Node]) throws(ConfigurationError) {
        if let node = keys["cap_stop"] {
            policy.capStop = try reader.value(node) { text throws(BudgetError) in try CapStop(parsing: text) }
        }
        if let node = keys["reserve"] {
            ownersReserve = try reader.value(node) { text throws(BudgetError) in try OwnersReserve(parsing: text) }
        }
        if let node = keys["pace"] { policy.isPaced = try reader.truth(node) }
        policy.ownersReserve = ownersReserve ?? (policy.isPaced ? CapturePolicy.standardPacedReserve : .none)
    }

    private mutating func readDuplicates(_ keys: [String: Node]) throws(ConfigurationError) {
        if let node = keys["longest_gap"] { longestGap = try reader.duration(node) }
        if let node = keys["near_duplicates"] {
            dropsNearDuplicates = try reader.choice(node, of: [("keep", false), ("drop", true)])
        }
        policy.nearDuplicates = dropsNearDuplicates ? .drop(longestGap: longestGap) : .keep
    }

    private mutating func readTime(_ keys: [String: Node]) throws(ConfigurationError) {
        if let node = keys["when"] {
            capturesAlways = try reader.choice(node, of: [("always", true), ("printing", false)])
        }
        if let node = keys["pre_roll"] { preRoll = try reader.duration(node) }
        if let node = keys["post_roll"] { postRoll = try reader.duration(node) }
        policy.time = capturesAlways ? .always : .whilePrinting(preRoll: preRoll, postRoll: postRoll)
    }

    private mutating func readPictures(_ keys: [String: Node]) throws(ConfigurationError) {
        if let node = keys["prediction"] { policy.keepsPredictions = try reader.truth(node) }
        if let node = keys["live_share"] {
            let text = try reader.scalar(node)
            guard let share = Double(share: text) else {
                throw reader.problem(
                    "“\(text.printable)” is no part of the cap", at: node, hint: "Write a part such as 50%.")
            }
            liveShare = share
        }
        if let node = keys["source"] {
            (takesAnnounced, takesLive) = try reader.choice(
                node, of: [("webcam", (true, false)), ("live", (false, true)), ("auto", (true, true))])
        }
    }
}

extension Double {
    /// Reads a part of a whole such as `50%`: more than 0 %, at most 100 %.
    package init?(share text: String) {
        guard text.hasSuffix("%"), text.dropLast().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let percent = Double(text.dropLast()), percent > 0, percent <= 100
        else { return nil }
        self = percent / 100
    }
}
