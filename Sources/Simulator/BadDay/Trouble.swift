internal import Vocabulary

/// One thing that goes wrong for a part of a ``BadDay``.
struct Trouble: Sendable {
    let name: String
    /// Of the lane's, the calm after it aside.
    let parts: Int
    var hasPictures = true
    private let begins: [BadDay.Step.Change]
    private let ends: [BadDay.Step.Change]

    /// After each trouble, in parts.
    static let calm = 1

    private init(
        _ name: String, _ parts: Int, hasPictures: Bool = true, begins: [BadDay.Step.Change],
        ends: [BadDay.Step.Change] = []
    ) {
        (self.name, self.parts, self.hasPictures, self.begins, self.ends) = (name, parts, hasPictures, begins, ends)
    }

    private init(_ name: String, _ parts: Int, hasPictures: Bool = true, fault: Fault) {
        self.init(name, parts, hasPictures: hasPictures, begins: [.arm(fault)], ends: [.disarm(fault)])
    }

    func steps(from: Duration, until: Duration) -> [BadDay.Step] {
        begins.map { BadDay.Step(at: from, change: $0) } + ends.map { BadDay.Step(at: until, change: $0) }
    }

    private static let printer: Set<FaultPlace> = [.live, .octoprint]

    static let ofAgentAndAccount = [
        Trouble("agent silent", 6, fault: Fault(.silent, on: printer)),
        Trouble("over the cap (481)", 5, fault: Fault(.status(481), on: printer)),
        Trouble("no agent (482)", 5, fault: Fault(.status(482), on: printer)),
        Trouble("no answer (483)", 5, fault: Fault(.status(483), on: printer)),
        Trouble("OctoPrint away (502)", 3, fault: Fault(.status(502), on: printer)),
        Trouble("OctoPrint slow (504)", 3, fault: Fault(.status(504), on: printer)),
        Trouble("usage fails (503)", 5, fault: Fault(.status(503), on: [.usage])),
        Trouble("usage refused (401)", 5, fault: Fault(.status(401), on: [.usage])),
    ]

    static let ofPictures = [
        Trouble("page opened", 6, begins: [.boost(pictures: 3)], ends: [.boost(pictures: 1)]),
        Trouble("page opened again", 4, begins: [.boost(pictures: 2)]),
        Trouble("print paused", 4, hasPictures: false, begins: [.pause], ends: [.resume]),
        // For two pictures the server announces the last one of the print, whose file is gone.
        Trouble("print over", 1, hasPictures: false, begins: [.stopPrint], ends: [.startPrint(1)]),
        Trouble("print number again", 1, hasPictures: false, begins: [.stopPrint], ends: [.startPrint(0)]),
        Trouble(
            "account suspended", 3, hasPictures: false,
            fault: Fault(.status(401), on: [.usage, .webcam, .prediction, .live, .octoprint])),
        Trouble("announced host unreachable", 2, hasPictures: false, fault: Fault(.unreachable)),
        Trouble(
            "record lost", 1, hasPictures: false, begins: [.forgetUsage, .arm(Fault(.null))],
            ends: [.disarm(Fault(.null))]),
        Trouble("webcam API busy (503)", 1, hasPictures: false, fault: Fault(.status(503), on: [.webcam])),
        Trouble("connections reset", 4, fault: Fault(.hangUp, on: [.webcam], every: 3)),
        Trouble("slow answers", 4, fault: Fault(.slow(.milliseconds(50)), on: [.webcam])),
    ]
}
