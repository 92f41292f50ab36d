import Archive
import Care
import Vocabulary

extension VerifyReport {
    /// What was found, a line each.
    var findings: [String] {
        var lines = damaged.map { "Frame \($0.frame) is damaged: \($0.problem) (sha256 \($0.sha256))" }
        lines += problems.map { "Problem: \($0)" }
        lines += unread.map { "Not checked: \($0)" }
        let doubtful = suspect.filter(\.suspicion.kind.isDoubtful)
        lines += doubtful.prefix(20).map { "Frame \($0.frame) is suspect: \($0.suspicion.place)" }
        if doubtful.count > 20 {
            lines.append("\((doubtful.count - 20).counted("more frame")) suspect: “printlapse frames --suspect”.")
        }
        if suspect.count > doubtful.count {
            let frames = (suspect.count - doubtful.count).counted("frame")
            lines.append("\(frames) without the end marker that the camera leaves out; whole otherwise, and exported.")
        }
        let unnoted = suspect.count { !$0.isNoted }
        if unnoted > 0 {
            lines.append(
                "\(unnoted.counted("suspect frame")) not marked yet: “printlapse verify --repair” does, and exports then "
                    + "leave them out.")
        }
        if picturesPassedOver > 0 {
            lines.append("\(picturesPassedOver.counted("picture")) in packs: their bytes were not looked at.")
        }
        if !unfinishedPacks.isEmpty {
            lines.append(
                "\(unfinishedPacks.count.counted("pack")) not finished: “printlapse offload --clean” removes what is left of them, "
                    + "which nothing needs.")
        }
        if quarantined > 0 {
            lines.append("\(quarantined.counted("frame")) in quarantine: known to be damaged, and left out of exports.")
        }
        return lines
    }
}

extension RepairReport {
    /// What was done and is left to do, a line each.
    var lines: [String] {
        var lines: [String] = []
        func tell(_ frames: [FrameID], _ text: String) {
            guard !frames.isEmpty else { return }
            let names = frames.prefix(20).map { "\($0)" }.joined(separator: ", ")
            let rest = frames.count > 20 ? " and \(frames.count - 20) more" : ""
            lines.append("\(frames.count.counted("frame")) \(text): \(names)\(rest).")
        }
        tell(restored, "restored from a good copy")
        tell(quarantined, "put in quarantine, for want of a good copy")
        tell(noted, "marked as suspect: exports leave them out unless told otherwise")
        tell(released, "taken out of quarantine, as the picture is good")
        lines += values.prefix(20).map { "Put right: \($0)." }
        if values.count > 20 {
            lines.append("And \((values.count - 20).counted("value")) more; --json names them all.")
        }
        if numbers > 0 { lines.append("\(numbers.counted("count")) put right.") }
        if orphans > 0 { lines.append("\(orphans.counted("content")) removed that no picture referred to.") }
        if !tables.isEmpty { lines.append("Indexes made anew: \(tables.joined(separator: ", ")).") }
        if !changedAnything { lines.append("There was nothing to repair.") }
        lines += failures.map { "Not repaired: \($0)" }
        lines += after.findings
        lines.append(end)
        return lines
    }

    private var end: String {
        if isSound { return "All is well." }
        // What could not be read says nothing of the archive, and a backup of that would lose what came since.
        return failures.isEmpty && after.isSoundHere
            ? "What could be read is well. Repair it again when all can be read; a backup with the pictures serves as --from."
            : "The archive is still damaged; restore a backup of it."
    }
}
