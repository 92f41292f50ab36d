import Foundation

/// The files of a folder as a disk has them: what is certain to be there, and what may be.
///
/// A write that no sync has vouched for may have come to the disk or not, in part or in whole, before or after any other
/// such write; parts are sectors of 512 bytes. A truncation and a deletion happen or do not.
struct DiskModel {
    private struct File {
        /// `nil`: there is no such file.
        var certain: [UInt8]?
        var pending: [(place: Int, step: DiskJournal.Step)] = []
    }

    private var files: [String: File] = [:]
    private var place = 0

    /// How the pending writes come out.
    enum Fate: CaseIterable {
        case allLost, allKept, someKept, someSectorsKept, tornAtOnePlace
    }

    init(files: [String: [UInt8]]) {
        self.files = files.mapValues { File(certain: $0) }
    }

    mutating func apply(_ event: DiskJournal.Event) {
        defer { place += 1 }
        var file = files[event.file] ?? File(certain: nil)
        if case .sync(let before) = event.step {
            for write in file.pending where write.place < before { Self.apply(write.step, to: &file.certain) }
            file.pending.removeAll { $0.place < before }
        } else {
            file.pending.append((place, event.step))
        }
        files[event.file] = file
    }

    /// What could be found after the power went at this moment.
    func image(_ fate: Fate, _ generator: inout some RandomNumberGenerator) -> [String: [UInt8]] {
        files.compactMapValues { file in
            var content = file.certain
            let torn = Int.random(in: 0...file.pending.count, using: &generator)
            for (index, write) in file.pending.enumerated() {
                switch fate {
                case .allLost: break
                case .allKept: Self.apply(write.step, to: &content)
                case .someKept: if Bool.random(using: &generator) { Self.apply(write.step, to: &content) }
                case .someSectorsKept: Self.applyInPart(write.step, to: &content, &generator)
                case .tornAtOnePlace:
                    if index < torn { Self.apply(write.step, to: &content) }
                    if index == torn { Self.applyInPart(write.step, to: &content, &generator) }
                }
            }
            return content
        }
    }

    private static func apply(_ step: DiskJournal.Step, to content: inout [UInt8]?) {
        switch step {
        case .write(let offset, let bytes):
            var file = content ?? []
            content = nil  // so that `file` is changed in its place
            if file.count < offset + bytes.count {
                file += Array(repeating: 0, count: offset + bytes.count - file.count)
            }
            file.replaceSubrange(offset..<offset + bytes.count, with: bytes)
            content = file
        case .truncate(let length): content = content.map { Array($0.prefix(length)) }
        case .delete: content = nil
        case .sync: break
        }
    }

    private static func applyInPart(
        _ step: DiskJournal.Step, to content: inout [UInt8]?, _ generator: inout some RandomNumberGenerator
    ) {
        guard case .write(let offset, let bytes) = step else {
            if Bool.random(using: &generator) { apply(step, to: &content) }
            return
        }
        var position = offset
        while position < offset + bytes.count {
            let end = min(offset + bytes.count, (position / 512 + 1) * 512)
            if Bool.random(using: &generator) {
                apply(.write(offset: position, bytes: Array(bytes[position - offset..<end - offset])), to: &content)
            }
            position = end
        }
    }
}
