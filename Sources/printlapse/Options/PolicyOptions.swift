import ArgumentParser
import Budget
import Capture
import Deduplication
import Vocabulary

/// How cameras are captured. What the command line says stands above the configuration.
struct PolicyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("From one slot to the next (default: 10s).", valueName: "duration"), transform: Word.duration
    )
    var interval: Duration?

    @Option(
        help: ArgumentHelp(
            "Which pictures a tunnel is asked for: announced ones, which cost no allowance, the live camera's, which do, or "
                + "live ones where a print runs and the announced one is not new (default: webcam).",
            valueName: "webcam|live|auto"))
    var source: PictureChoice?

    @Option(
        help: ArgumentHelp(
            "With --source auto: live pictures take no more than this part of the cap (default: 50%).",
            valueName: "share"), transform: Word.share)
    var liveShare: Double?

    @Option(
        help: ArgumentHelp(
            "Stop capturing at this share of the monthly cap, at this many bytes, or never (default: 90%).",
            valueName: "share|size|off"), transform: Word.capStop)
    var capStop: CapStop?

    @Flag(
        inversion: .prefixedNo,
        help: "Leave slots out so that the allowance lasts until its reset; slots of a print come first.")
    var pace: Bool?

    @Option(
        help: ArgumentHelp(
            "Keep this much of the allowance for your own use (default: none, with --pace 20%).",
            valueName: "share|size|none"), transform: Word.ownersReserve)
    var reserve: OwnersReserve?

    @Option(
        help: ArgumentHelp("Keep frames always, or of prints alone (default: always).", valueName: "always|printing"))
    var when: TimeChoice?

    @Option(
        help: ArgumentHelp(
            "With --when printing: keep as much of the time before a print (default: 30s).", valueName: "duration"),
        transform: Word.span)
    var preRoll: Duration?

    @Option(
        help: ArgumentHelp(
            "With --when printing: keep as much of the time after a print (default: 1m).", valueName: "duration"),
        transform: Word.span)
    var postRoll: Duration?

    @Flag(
        inversion: .prefixedNo, help: "Keep with each frame of a print what the server's failure detection says of it.")
    var prediction: Bool?

    @Option(
        help: ArgumentHelp(
            "Keep or drop pictures that differ from the last kept one by noise alone (default: keep).",
            valueName: "keep|drop"))
    var nearDuplicates: NearDuplicatesChoice?

    @Option(
        help: ArgumentHelp(
            "With --near-duplicates drop: after this long a frame is kept all the same (default: 10m).",
            valueName: "duration"), transform: Word.duration)
    var longestGap: Duration?

    func validate() throws {
        if let interval, interval < .milliseconds(10) {
            throw ValidationError("--interval takes 10ms or more.")
        }
    }

    func applied(to setup: CameraSetup) -> CameraSetup {
        var setup = setup
        if let interval { setup.policy.interval = interval }
        if let prediction { setup.policy.keepsPredictions = prediction }
        applyAllowance(to: &setup.policy)
        applyTime(to: &setup.policy)
        let gap = longestGap ?? NearDuplicates.standardLongestGap
        switch nearDuplicates {
        case .keep: setup.policy.nearDuplicates = .keep
        case .drop: setup.policy.nearDuplicates = .drop(longestGap: gap)
        case nil: break
        }
        if case .tunnel(let endpoint, let pictures) = setup.source {
            setup.source = .tunnel(endpoint, applied(to: pictures))
        }
        return setup
    }

    private func applyAllowance(to policy: inout CapturePolicy) {
        if let capStop { policy.capStop = capStop }
        if let pace {
            // The standard reserve comes and goes with the pace; what the configuration says stays.
            let standard = CapturePolicy.standardPacedReserve
            if pace, policy.ownersReserve == .none { policy.ownersReserve = standard }
            if !pace, policy.isPaced, policy.ownersReserve == standard { policy.ownersReserve = .none }
            policy.isPaced = pace
        }
        if let reserve { policy.ownersReserve = reserve }
    }

    private func applyTime(to policy: inout CapturePolicy) {
        var before = CaptureTime.standardPreRoll
        var after = CaptureTime.standardPostRoll
        if case .whilePrinting(let preRoll, let postRoll) = policy.time { (before, after) = (preRoll, postRoll) }
        switch (when, policy.time) {
        case (.always, _), (nil, .always): policy.time = .always
        case (.printing, _), (nil, .whilePrinting):
            policy.time = .whilePrinting(preRoll: preRoll ?? before, postRoll: postRoll ?? after)
        }
    }

    private func applied(to pictures: TunnelPictures) -> TunnelPictures {
        var share = liveShare ?? TunnelPictures.standardLiveShare
        if case .both(let configured) = pictures { share = liveShare ?? configured }
        return switch (source, pictures) {
        case (.webcam, _), (nil, .announced): .announced
        case (.live, _), (nil, .live): .live
        case (.auto, _), (nil, .both): .both(liveShare: share)
        }
    }
}

enum PictureChoice: String, ExpressibleByArgument, CaseIterable {
    case webcam, live, auto
}

enum TimeChoice: String, ExpressibleByArgument, CaseIterable {
    case always, printing
}

enum NearDuplicatesChoice: String, ExpressibleByArgument, CaseIterable {
    case keep, drop
}
