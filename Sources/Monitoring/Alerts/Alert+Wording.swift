import Archive
import Budget
import Capture
import Storage
import Vocabulary

/// The sentences in which people are told.
extension Alert {
    static func cameraStopped(
        _ camera: CameraName, after: Duration, explanation: String, hint: String?, at now: Timestamp
    ) -> Alert {
        Alert(
            .cameraStopped, [camera], at: now,
            "\(camera): no picture for \(after.shortText). \(explanation.asSentence)", hint: hint)
    }

    static func unauthorized(_ camera: CameraName, explanation: String?, hint: String?, at now: Timestamp) -> Alert {
        Alert(
            .unauthorized, [camera], at: now,
            "\(camera): \(explanation ?? "The credentials are refused.")",
            hint: hint ?? "Authorize again: printlapse authorize '\(camera)'")
    }

    static func cameraFrozen(_ camera: CameraName, for time: Duration, at now: Timestamp) -> Alert {
        Alert(
            .cameraFrozen, [camera], at: now,
            "\(camera): the very same picture for \(time.shortText) while it prints: the camera hangs.",
            hint: "Start the camera again, or what streams it (crowsnest, mjpg-streamer, the camera's own power).")
    }

    static func cameraBack(_ camera: CameraName, after: Duration, at now: Timestamp) -> Alert {
        Alert(.cameraBack, [camera], at: now, "\(camera): works again, after \(after.shortText).")
    }

    static func capNear(
        _ cameras: [CameraName], _ total: ByteCount, of ceiling: ByteCount, _ report: BudgetReport, at now: Timestamp
    ) -> Alert {
        let end = report.monthlyCap.map { ceiling < $0 } ?? true ? "at which captures stop" : "of the month's allowance"
        return Alert(
            .capNear, cameras, at: now,
            "\(cameras.names): \(total) are used of the \(ceiling) \(end)\(report.reset(after: now)).",
            hint: "“printlapse usage” shows what captures cost; a longer interval makes the rest last.")
    }

    static func capMet(_ cameras: [CameraName], _ report: BudgetReport, at now: Timestamp) -> Alert {
        let reason =
            (report.pause ?? report.proxiedPause) == .serverRefused
            ? "the server says that the month's allowance is used up"
            : "the stop short of the month's cap is reached (\(report.capStop))"
        if report.pause == nil {
            return Alert(
                .capMet, cameras, at: now,
                "\(cameras.names): live pictures and questions to OctoPrint pause, because \(reason)\(report.reset(after: now)).",
                hint: "Pictures that the server announces cost nothing and go on; the others do after the reset.")
        }
        return Alert(
            .capMet, cameras, at: now,
            "\(cameras.names): captures pause, because \(reason)\(report.reset(after: now)).",
            hint: "They go on by themselves after the reset.")
    }

    static func diskLow(_ free: ByteCount, at now: Timestamp) -> Alert {
        Alert(
            .diskLow, [], at: now, "Only \(free) are free where the archive lies.",
            hint: "Make room, before captures have to pause.")
    }

    static func capturesPause(_ pause: RoomPause, at now: Timestamp) -> Alert {
        Alert(.diskLow, [], at: now, "Captures pause: \(pause.description.asSentence)", hint: pause.hint)
    }

    static func logGrowing(_ size: ByteCount, _ readers: [LogReader], at now: Timestamp) -> Alert {
        Alert(.logGrowing, [], at: now, LogReader.sentence(size, readers), hint: LogReader.hint)
    }

    static func failing(
        _ task: StoreTask, _ store: String, reason: String, hint: String, at now: Timestamp
    ) -> Alert {
        Alert(
            AlertKind(failing: task), [], at: now,
            "\(task.failure(store)): \(reason.asSentence) It is tried again by itself.", hint: hint)
    }

    static func printFinished(_ print: PrintJob, on camera: CameraName, at now: Timestamp) -> Alert {
        let name = print.name.map { " “\($0.printable)”" } ?? ""
        let end =
            switch print.state {
            case .finished: "is finished"
            case .cancelled: "was cancelled"
            case .failed: "failed"
            case .printing, .paused, .ended: "is over"
            }
        let time = (print.endedAt ?? now) - print.startedAt
        return Alert(.printFinished, [camera], at: now, "\(camera): the print\(name) \(end), after \(time.shortText).")
    }

    static func timelapseReady(_ timelapse: ArchivedTimelapse, at now: Timestamp) -> Alert {
        let name = timelapse.files.first.map { $0.path.split(separator: "/").last.map(String.init) ?? $0.path } ?? ""
        let facts = [
            timelapse.frames.map { "\($0) frames" }, timelapse.length?.shortText, timelapse.bytes.map { "\($0)" },
        ].compactMap(\.self)
        return Alert(
            .timelapseReady, [timelapse.camera], at: now,
            "\(timelapse.camera): the timelapse “\(name.printable)” is ready: \(facts.joined(separator: ", ")).",
            timelapse: timelapse)
    }
}

extension AlertKind {
    /// That it is over, whatever ended it: the camera may be captured no longer.
    func relief(of camera: CameraName?) -> String {
        let name = camera?.text ?? ""
        return switch self {
        case .cameraStopped, .cameraBack: "\(name) does not count as stopped any more."
        case .cameraFrozen: "\(name) does not count as frozen any more."
        case .unauthorized: "\(name) does not count as unauthorized any more."
        case .capNear: "\(name): the cap is not near any more."
        case .capMet: "\(name): nothing pauses for the cap's sake any more."
        case .diskLow: "There is room again where the archive lies."
        case .logGrowing: "The archive's log is short again."
        case .offloadFailing: "Older pictures can be moved again."
        case .publishFailing: "Records can be published again."
        case .printFinished: "\(name): the print is over."
        case .timelapseReady: "\(name): the timelapse is ready."
        }
    }
}

extension SlotOutcome {
    /// What a failure is where nothing more is known.
    var phrase: String {
        switch self {
        case .stored, .duplicate, .unchanged: "It works."
        case .noPicture: "The camera has no picture now."
        case .rejected: "What comes is not a whole JPEG."
        case .cap: "Captures pause for the sake of the allowance."
        case .offline: "The printer is not connected."
        case .timeout: "There is no answer in time."
        case .unauthorized: "The credentials are refused."
        case .unavailable: "The server cannot be reached."
        case .disk: "There is no room for pictures."
        case .missed: "The program is not running, or too busy."
        }
    }
}

extension [CameraName] {
    /// `mk3`, `mk3 and mk4`, `mk3, mk4 and 3 more`
    fileprivate var names: String {
        switch count {
        case 0...1: first?.text ?? ""
        case 2: "\(self[0]) and \(self[1])"
        default: "\(self[0]), \(self[1]) and \(count - 2) more"
        }
    }
}

extension BudgetReport {
    fileprivate func reset(after now: Timestamp) -> String {
        resetAt.map { "; the reset is in \(($0 - now).shortText)" } ?? ""
    }
}
