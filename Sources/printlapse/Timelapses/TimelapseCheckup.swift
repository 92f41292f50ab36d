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
            findings += Self.alike(failing).map(Self.finding)
            try catalog.close()
        } catch ArchiveError.notFound {
            // None is there yet, and another finding says so.
        } catch {
            findings.append(Finding(Self.subject, failure: error))
        }
        return findings
    }

    /// Those of a rule that fail for one reason together: most often all do.
    private static func alike(_ failing: [ArchivedTimelapse]) -> [[ArchivedTimelapse]] {
        var groups: [[ArchivedTimelapse]] = []
        for timelapse in failing {
            let place = groups.firstIndex { $0[0].rule == timelapse.rule && $0[0].reason == timelapse.reason }
            if let place { groups[place].append(timelapse) } else { groups.append([timelapse]) }
        }
        return groups
    }

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
                "“\(rule.name)” goes into \(rule.folder.printablePath), and \(problem) cannot be written",
                hint: "Make the folder one that you can write to, or name another one by “into”.")
        }
        return Finding(Self.subject, "“\(rule.name)” goes into \(rule.folder.printablePath)")
    }

    /// The folder itself, or the one in which it would be made.
    private static func nearest(to folder: String) -> String {
        var folder = folder
        while !FreeName.isThere(folder), folder != "/" {
            folder = URL(filePath: folder).deletingLastPathComponent().path
        }
        return folder
    }

    private static func finding(on failing: [ArchivedTimelapse]) -> Finding {
        let first = failing[0]
        let attempts = first.attempts > 1 ? ", after \(first.attempts) attempts" : ""
        let what =
            failing.count == 1
            ? "one of \(first.camera) fails\(attempts)" : "\(failing.count.grouped) fail, the first of \(first.camera)"
        return Finding(
            subject, ok: false, "“\(first.rule)”: \(what): \(first.reason ?? "it failed")",
            hint: first.hint ?? "They are tried again; “printlapse timelapses” says when.")
    }
}
