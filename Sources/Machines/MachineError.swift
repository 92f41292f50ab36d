internal import Vocabulary

/// Why a machine's records could not be told to others, or others' could not be taken in.
package enum MachineError: ExplainedError, Hashable {
    /// Nothing was told yet, and nobody says where to.
    case neverPublished
    /// The store has a segment of this machine that this archive knows nothing of.
    case fork(machine: String, store: String, generation: Int, segment: Int)
    /// The archive was told to another store, and its last segment is not in this one.
    case otherStore(known: String, given: String, segment: Int)
    /// What was read back from the store is not what was put there.
    case notAsWritten(store: String, name: String)
    /// The segment in the making cannot be written beside the archive.
    case file(path: String, call: String, reason: String)

    /// A segment is not in the store, and later ones are.
    case missing(machine: String, segment: Int, store: String)
    /// A segment's bytes are not those that its name says.
    case wrongBytes(machine: String, segment: Int, store: String)
    /// A segment's bytes are those that were written, and make no sense.
    case unreadable(machine: String, segment: Int, problem: String)
    /// A newer program wrote the segment.
    case newer(machine: String, segment: Int, version: Int)
    /// Two archives tell as one machine: there are two segments of one number, or one that goes on from another than the last.
    case forked(machine: String, generation: Int, segment: Int)
    /// A camera has a name here that is another's. `owner`: the machine that has it; `nil`: this archive itself.
    case cameraTaken(machine: String, camera: String, owner: String?)
    /// A camera was to have another name here and has not got it. `called`: the one that it has; `nil`: nothing was told of it.
    case notRenamed(machine: String, camera: String, called: String?)
    /// Nothing is known of a machine. `known`: the names of those that are followed.
    case notFollowed(machine: String, known: [String])
    /// Several machines have the name. `known`: what they are known by.
    case sameName(machine: String, known: [String])

    package var label: String {
        switch self {
        case .neverPublished: "machine_never_published"
        case .fork: "machine_fork"
        case .otherStore: "machine_other_store"
        case .notAsWritten: "segment_not_as_written"
        case .file: "segment_file"
        case .missing: "segment_missing"
        case .wrongBytes: "segment_wrong_bytes"
        case .unreadable: "segment_unreadable"
        case .newer: "segment_newer"
        case .forked: "machine_forked"
        case .cameraTaken: "camera_taken"
        case .notRenamed: "camera_not_renamed"
        case .notFollowed: "machine_not_followed"
        case .sameName: "machine_same_name"
        }
    }

    package var description: String {
        switch self {
        case .neverPublished: "This archive was not published yet."
        case .fork(let machine, let store, let generation, let segment):
            """
            \(store) has a segment \(segment) of generation \(generation) of “\(machine.printable)” that this archive did not write: it \
            was restored from a backup, or a copy of it publishes as well. Nothing was overwritten.
            """
        case .otherStore(let known, let given, let segment):
            "This archive was published to \(known), and its segment \(segment) is not in \(given)."
        case .notAsWritten(let store, let name): "\(name) in \(store) is not what was written there."
        case .file(let path, let call, let reason): "Cannot \(call) \(path.printable): \(reason)."
        case .missing(let machine, let segment, let store):
            "Segment \(segment) of “\(machine.printable)” is not in \(store), and later ones are."
        case .wrongBytes(let machine, let segment, let store):
            "Segment \(segment) of “\(machine.printable)” in \(store) is not what was written there."
        case .unreadable(let machine, let segment, let problem):
            "Segment \(segment) of “\(machine.printable)” cannot be read: \(problem.printable)."
        case .newer(let machine, let segment, let version):
            "Segment \(segment) of “\(machine.printable)” is of format \(version), and this program knows formats up to \(SegmentHeader.version)."
        case .forked(let machine, let generation, let segment):
            """
            Two archives publish as “\(machine.printable)”: there are two segments \(segment) of generation \(generation), or one that \
            follows upon another than the last. What was taken in before stays.
            """
        case .cameraTaken(let machine, let camera, let owner):
            "“\(machine.printable)” has a camera \(camera.printable), and here that name is "
                + (owner.map { "“\($0.printable)”’s." } ?? "a camera of this archive itself.")
        case .notRenamed(let machine, let camera, let called?):
            "“\(machine.printable)/\(camera.printable)” is called \(called.printable) here already, and stays so."
        case .notRenamed(let machine, let camera, nil):
            "No camera “\(machine.printable)/\(camera.printable)” was told of, so that no other name was given to it."
        case .notFollowed(let machine, _): "No machine “\(machine.printable)” is followed here."
        case .sameName(let machine, let known):
            "\(known.count) machines are called “\(machine.printable)”."
        }
    }

    package var hint: String {
        switch self {
        case .neverPublished: "Say where to: printlapse publish STORE."
        case .fork:
            """
            If this archive takes the other’s place, run “printlapse publish --restored”; if both go on, run \
            “printlapse publish --separate” with one of them, which makes it a machine of its own. Either tells everything anew.
            """
        case .otherStore(_, let given, _):
            """
            If the store was moved, copy all of it. To begin anew in the other one, run \
            “printlapse publish '\(given.printable)' --restored”.
            """
        case .notAsWritten:
            "Check the store's disk and network, and run it again: nothing is taken for published before it is read back."
        case .file: "Make room beside the archive, and run it again."
        case .missing:
            """
            A store may list an object some seconds late: run it again. If it stays away, bring it back from a copy of the store, or \
            run “publish --restored” there, which tells everything anew.
            """
        case .wrongBytes:
            """
            Check the store's disk. Bring the segment back from a copy of the store, or run “publish --restored” there, \
            which tells everything anew.
            """
        case .unreadable:
            "Run “printlapse publish --restored” there, with the newest program, which tells everything anew."
        case .newer: "Use a printlapse here that is as new as the one there."
        case .forked:
            """
            Run “publish --restored” with the archive that is to go on as this machine; with the other one, where it goes \
            on as well, “publish --separate”.
            """
        case .cameraTaken(let machine, let camera, _):
            """
            Give it another name: “printlapse follow --rename '\(machine.printable)/\(camera.printable)=NAME'”. The other machines are \
            followed all the same.
            """
        case .notRenamed(_, _, called: .some):
            "A name is given when a camera is first heard of. To begin anew, run “printlapse follow --retire MACHINE --remove-records”, then “printlapse follow --reinstate MACHINE” with the new name."
        case .notRenamed:
            "Write the machine and the camera as “printlapse follow” and the machine's own “printlapse status” show them."
        case .notFollowed(_, let known) where known.isEmpty: "“printlapse follow STORE” follows those of a store."
        case .notFollowed(_, let known):
            "There is \(known.prefix(20).map(\.printable).joined(separator: ", ")); “printlapse follow” lists them."
        case .sameName(_, let known): "Name one by what it is known by: \(known.joined(separator: ", "))."
        }
    }
}
