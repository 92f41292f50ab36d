import Archive
import Budget
import Capture
import Care
import Logging
import Snapshots
import Storage
import Vocabulary

/// Tells a job's events in a log, one line each: a slot's, too.
struct CaptureLog: Sendable {
    let logger: Logger

    func tell(_ event: CaptureEvent) {
        switch event {
        case .started(let camera, let interval):
            log(.notice, camera, "capturing every \(interval.shortText)")
        case .slot(let report):
            tell(report)
        case .missed(let camera, let from, let slots, let detail):
            log(
                .warning, camera, "missed \(slots.counted("slot"))",
                ["outcome": "missed", "detail": "\(detail)", "from": "\(from)", "slots": "\(slots)"])
        case .retrying(let camera, let reason):
            log(.debug, camera, "asking again: \(reason)")
        case .frozen(let camera, let since):
            log(
                .warning, camera, "the very same picture since \(since) while it prints: the camera hangs",
                ["since": "\(since)"])
        case .thawed(let camera):
            log(.notice, camera, "it is not the same picture any more, or nothing prints")
        case .faultLasts(let camera, let reason):
            log(
                .warning, camera,
                "what comes is never whole: \(reason.asSentence) It is the source's own way, so it is asked once a slot from now on; see what the camera sends with “printlapse cameras test”."
            )
        case .faultOver(let camera):
            log(.notice, camera, "whole pictures come again")
        case .remark(let camera, let remark):
            log(.notice, camera, "\(remark.description) \(remark.hint)", ["remark": "\(remark.label)"])
        case .liveFailed(let camera, let reason):
            log(.info, camera, "no live picture: \(reason)")
        case .printerUnknown(let camera, let reason):
            log(.info, camera, "OctoPrint's job is not known: \(reason)")
        case .usage(let camera, let reading):
            var fields: Logger.Metadata = ["total": "\(reading.total.bytes)", "reset_at": "\(reading.resetAt)"]
            if let cap = reading.monthlyCap { fields["monthly_cap"] = "\(cap.bytes)" }
            log(.info, camera, "usage", fields)
        case .usageUnknown(let camera, let reason):
            log(.warning, camera, "the usage is unknown: \(reason)")
        case .printStarted(let camera, let print):
            log(.notice, camera, "a print began\(print.name.map { ": \($0.printable)" } ?? "")")
        case .printResumed(let camera, let print):
            log(.notice, camera, "the print goes on\(print.name.map { ": \($0.printable)" } ?? "")")
        case .printEnded(let camera, let print):
            log(.notice, camera, "the print is over: \(print.state.rawValue)", ["state": "\(print.state.rawValue)"])
        case .clockLeapt(let leap):
            logger.warning(
                "\(leap.sentence)", metadata: ["before": "\(leap.before)", "after": "\(leap.after)"])
        case .clockDoubtful(let reason):
            // Many a container's kernel knows nothing of what keeps its clock right.
            logger.log(
                level: reason == SystemClock.Doubt.unsynchronised.label ? .info : .warning,
                "this machine's clock may be wrong, and times with it: see “printlapse doctor”",
                metadata: ["reason": "\(reason)"])
        case .clockTrusted(let reason):
            logger.notice("this machine's clock is right, as far as is known", metadata: ["reason": "\(reason)"])
        case .reloaded(let added, let removed, let changed):
            logger.log(
                level: (added + removed + changed).isEmpty ? .debug : .notice, "the configuration was read again",
                metadata: [
                    "added": "\(added.count)", "removed": "\(removed.count)", "changed": "\(changed.count)",
                ])
        case .notReloaded(let reason):
            logger.error("the configuration was not read again, and the job goes on as it was: \(reason)")
        case .logGrown(let size, let readers):
            logger.warning("\(LogReader.sentence(size, readers)) \(LogReader.hint)", metadata: ["log": "\(size.bytes)"])
        case .logShortened:
            logger.notice("the archive's log is short again")
        case .archiveNames(let count, let path):
            let problem = ArchiveError.severalNames(path: path, count: count)
            if count > 1 {
                logger.warning(
                    "\(problem.description.asSentence) This capture goes on; the next one would not begin. \(problem.hint)",
                    metadata: ["names": "\(count)"])
            } else {
                logger.notice("the archive has one name again")
            }
        case .paused(let pause):
            logger.warning(
                "captures pause: \(pause.description.asSentence) \(pause.hint)", metadata: ["detail": "\(pause.detail)"]
            )
        case .resumed(let time):
            logger.notice("captures go on, after \(time.shortText)")
        case .pruned(let result):
            logger.notice(
                "\(result.sentence)",
                metadata: ["removed": "\(result.frames)", "removed_bytes": "\(result.bytes.bytes)"])
        case .notPruned(let reason):
            logger.warning("what retention lets go was not removed: \(reason)")
        case .timelapse(let timelapse):
            var fields: Logger.Metadata = ["rule": "\(timelapse.rule)", "timelapse": "\(timelapse.id)"]
            if let file = timelapse.files.first { fields["file"] = "\(file.path)" }
            log(timelapse.state == .waiting ? .warning : .notice, timelapse.camera, timelapse.sentence, fields)
        case .timelapsesNotMade(let reason): logger.warning("\(reason)")
        case .store(let task, let news):
            let level: Logger.Level =
                switch news {
                case .failing: .warning
                // Each minute.
                case .done: task == .publish ? .debug : .notice
                case .works: .info
                case .off: .debug
                }
            logger.log(level: level, "\(news.sentence(of: task))")
        case .allowance, .disk: break
        case .ended(let camera):
            log(.notice, camera, "ended")
        }
    }

    func tell(_ report: SlotReport) {
        var fields: Logger.Metadata = ["outcome": "\(report.outcome.rawValue)", "slot": "\(report.slot.due)"]
        if let detail = report.detail { fields["detail"] = "\(detail)" }
        if report.attempts > 1 { fields["attempts"] = "\(report.attempts)" }
        if let frame = report.frame {
            fields["frame"] = "\(frame.id)"
            fields["bytes"] = "\(frame.bytes.bytes)"
            fields["sha256"] = "\(frame.sha256)"
        }
        log(level(of: report), report.camera, report.sentence, fields)
    }

    /// Slots that are skipped while a camera is left alone repeat what was said already; that there is no room was said once
    /// for all cameras.
    func level(of report: SlotReport) -> Logger.Level {
        switch report.outcome {
        case .stored, .duplicate, .unchanged, .noPicture: .info
        case .cap: report.isPaced ? .debug : .info
        case .disk: .debug
        case .rejected, .offline, .timeout, .unauthorized, .unavailable, .missed:
            report.attempts > 0 ? .warning : .debug
        }
    }

    func log(
        _ level: Logger.Level, _ camera: CameraName, _ message: String, _ fields: Logger.Metadata = [:]
    ) {
        logger.log(level: level, "\(message)", metadata: fields.merging(["camera": "\(camera)"]) { $1 })
    }
}

extension SlotReport {
    /// Whether the slot was left out to make the allowance last: one of many, and no news.
    var isPaced: Bool { outcome == .cap && detail?.word == .pace }

    /// Whether the owner wants frames of prints alone, and none runs.
    var isIdle: Bool { outcome == .noPicture && detail?.word == .notPrinting }

    /// What happened, for a person.
    var sentence: String {
        switch outcome {
        case .stored: frame.map { "stored frame \($0.id), \($0.size), \($0.bytes)" } ?? "stored"
        case .duplicate: "the picture is the last kept one again"
        case .unchanged: "no new picture yet"
        case .noPicture: isIdle ? "no print runs" : "the camera has no picture now"
        case .missed: "missed"
        case .cap: "skipped: \(explanation ?? "the allowance is used up")"
        case .rejected, .offline, .timeout, .unauthorized, .unavailable, .disk:
            [explanation ?? "still \(outcome.rawValue)", hint].compactMap { $0?.asSentence }.joined(separator: " ")
        }
    }
}
