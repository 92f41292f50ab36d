import Archive
import Catalog
import Foundation
import Settings
import Timelapses
import Vocabulary

/// What `doctor` says of timelapses that make themselves: of each rule whether it can be followed, and of what fails why.
struct TimelapseCheckup: Sendable {
    let timelapses: [JobConfiguration.Timelapse]
    /// The configuration's file.
    let configuration: String
    let archive: String

    private static let subject = "films"

    func findings() async -> [Finding] {
        var findings: [Finding] = []
        for timelapse in timelapses { findings.append(finding(on: timelapse)) }
        do {
            let catalog = try Catalog.open(at: archive)
            let failing = try await catalog.unfinishedTimelapses().filter { $0.state == .waiting && $0.reason != nil }
            findings += failing.prefix(Self.most).map(Self.finding)
            if failing.count > Self.most {
                findings.append(
                    Finding(
                        Self.subject, ok: false, "\((failing.count - Self.most).grouped) more fail",
                        hint: "“printlapse timelapses --state waiting” lists them."))
            }
            try catalog.close()
        } catch ArchiveError.notFound {
            // None is there yet, and another finding says so.
        } catch {
            findings.append(Finding(Self.subject, failure: error))
        }
        return findings
    }

    /// So many of those that fail are told one by one: most often all fail for the same reason.
    private static let most = 3

    private func finding(on timelapse: JobConfiguration.Timelapse) -> Finding {
        let rule = timelapse.rule
        do {
            _ = try TimelapseSetup(timelapse, file: configuration)
        } catch {
            return Finding(Self.subject, failure: error)
        }
        let folder = Self.nearest(to: rule.folder)
        // What is no folder is none with a slash at its end.
        guard access(folder + "/", W_OK | X_OK) == 0 else {
            let problem = folder == rule.folder ? "it" : folder
            return Finding(
                Self.subject, ok: false,
                "“\(rule.name)” goes into \(rule.folder.printable), and \(problem) cannot be written",
                hint: "Make the folder one that you can write to, or name another one by “into”.")
        }
        return Finding(Self.subject, "“\(rule.name)” goes into \(rule.folder.printable)")
    }

    /// The folder itself, or the one in which it would be made.
    private static func nearest(to folder: String) -> String {
        var folder = folder
        while !FreeName.isThere(folder), folder != "/" {
            folder = URL(filePath: folder).deletingLastPathComponent().path
        }
        return folder
    }

    private static func finding(on failing: ArchivedTimelapse) -> Finding {
        let attempts = failing.attempts == 1 ? "" : " (\(failing.attempts.ordinal) attempt)"
        return Finding(
            subject, ok: false,
            "“\(failing.rule)” of \(failing.camera), \(failing.since.localMinuteText)\(attempts): \(failing.reason ?? "it failed")",
            hint: failing.hint ?? "It is tried again; “printlapse timelapses” says when.")
    }
}
