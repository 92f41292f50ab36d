public import Vocabulary

/// Why the archive could not do what was asked.
///
/// Paths and numbers only: no case carries a credential, a URL or a picture.
public enum ArchiveError: ExplainedError, Hashable {
    /// There is no file at the path.
    case notFound(path: String)
    /// Another process writes to the archive.
    case inUse(path: String, holder: LockHolder)
    /// The file is empty, not a SQLite database, or another program's database. It was not touched.
    case notAnArchive(path: String, reason: String)
    /// A newer program wrote the archive.
    case tooNew(path: String, version: Int)
    /// An older version of the program wrote the archive, and it was to be read as it is.
    case tooOld(path: String, version: Int)
    /// The archive says something that cannot be true.
    case damaged(path: String, what: String)
    /// No room on the device, or the quota or file-size limit is reached.
    case diskFull(path: String)
    /// The file, its folder or its file system cannot be written.
    case readOnly(path: String, reason: String)
    /// The file at the path is no longer the one that was opened.
    case replaced(path: String)
    /// The names of the log or its index no longer lead to the files that were opened.
    ///
    /// - `isSaved`: whether all that the log holds was copied into the archive's file.
    case logRemoved(path: String, isSaved: Bool)
    /// The file has hard links: opened by each of them, it would have another log.
    case severalNames(path: String, count: Int)
    /// Another program kept the database locked for longer than the busy timeout of 5 s.
    case busy(path: String)
    /// The operating system failed to read, write or sync.
    case io(path: String, reason: String)
    /// A picture lies in a pack of a store, and whoever wanted it does not read packs.
    case offloaded(path: String, store: String)
    /// The store in which a picture lies did not give it; `reason` and `hint`: in the store's words, without secrets.
    case store(location: String, reason: String, hint: String)
    /// The pack in which a picture lies is not in its store any more, which answers.
    case packMissing(location: String, pack: String)
    /// The pack in which a picture lies has become another one: cut short, as far as can be told.
    case packDamaged(location: String, pack: String)
    /// A picture is with another machine, which has put it into no pack yet.
    case elsewhere(path: String, machine: String)
    /// A camera belongs to another machine: its records are changed there alone.
    case followed(camera: String, machine: String)
    /// The archive was closed before.
    case closed
    /// No such frame is in the archive.
    case noSuchFrame(FrameID)
    /// No such print is in the archive.
    case noSuchPrint(Int64)
    /// No frame of the archive is among those asked for.
    case noSuchFrames

    /// Whether one pack's pictures are not to be had, while its store answers.
    package var isOfOnePack: Bool {
        switch self {
        case .packMissing, .packDamaged: true
        default: false
        }
    }

    /// A short constant for logs and metrics.
    public var label: String {
        switch self {
        case .notFound: "not_found"
        case .inUse: "in_use"
        case .notAnArchive: "not_an_archive"
        case .tooNew: "too_new"
        case .tooOld: "too_old"
        case .damaged: "damaged"
        case .diskFull: "disk_full"
        case .readOnly: "read_only"
        case .replaced: "replaced"
        case .logRemoved: "log_removed"
        case .severalNames: "several_names"
        case .busy: "busy"
        case .io: "io"
        case .offloaded: "offloaded"
        case .store: "store"
        case .packMissing: "pack_missing"
        case .packDamaged: "pack_damaged"
        case .elsewhere: "elsewhere"
        case .followed: "followed"
        case .closed: "closed"
        case .noSuchFrame: "no_such_frame"
        case .noSuchPrint: "no_such_print"
        case .noSuchFrames: "no_such_frames"
        }
    }

    public var description: String {
        switch self {
        case .notFound(let path): "there is no archive at \(path)"
        case .inUse(let path, let holder): "the archive \(path) is in use by \(holder)"
        case .notAnArchive(let path, let reason): "\(path) is not a Printlapse archive: \(reason)"
        case .tooNew(let path, let version):
            "the archive \(path) has schema version \(version); this program knows versions up to \(Schema.version)"
        case .tooOld(let path, let version):
            "the archive \(path) has schema version \(version), and only version \(Schema.version) is read as it is"
        case .damaged(let path, let what): "the archive \(path) is damaged: \(what)"
        case .diskFull(let path): "no room is left for the archive \(path)"
        case .readOnly(let path, let reason): "the archive \(path) cannot be written: \(reason)"
        case .replaced(let path): "the archive \(path) was removed or replaced while it was open"
        case .logRemoved(let path, let isSaved):
            "the log \(path)-wal or its index \(path)-shm was removed or replaced while the archive was open; "
                + (isSaved
                    ? "all that it held is in the archive" : "not all that it held could be copied into the archive")
        case .severalNames(let path, let count):
            "the archive \(path) has \(count) names (hard links), and one who writes to it by another would overwrite frames"
        case .busy(let path): "another program keeps the archive \(path) locked"
        case .io(let path, let reason): "the archive \(path) cannot be read or written: \(reason)"
        case .offloaded(let path, let store):
            "a picture of the archive \(path) lies in a pack in \(store), and packs are not read for this"
        // The reason names the store.
        case .store(_, let reason, _): "a picture could not be had: \(reason)"
        case .packMissing(let location, let pack): "the pack \(pack) is not in the store \(location) any more"
        case .packDamaged(let location, let pack): "the pack \(pack) in the store \(location) is not whole any more"
        case .elsewhere(let path, let machine):
            "a picture of the archive \(path) lies at the machine \(machine.printable), which has not offloaded it yet"
        case .followed(let camera, let machine):
            "the camera \(camera.printable) belongs to the machine \(machine.printable), which alone changes what is on record of it"
        case .closed: "the archive is closed"
        case .noSuchFrame(let id): "there is no frame \(id) in the archive"
        case .noSuchPrint(let id): "there is no print \(id) in the archive"
        case .noSuchFrames: "there are no such frames in the archive"
        }
    }

    /// What the person does now.
    public var hint: String {
        switch self {
        case .notFound: "Check the path; the first capture creates the archive."
        case .inUse(_, let holder) where holder.isByAnotherName:
            "Open it by the name that the other one uses: what is not in the file yet lies beside that."
        case .inUse: "Wait until it has ended, or end it. Reading works all the while."
        case .notAnArchive: "Choose another path; the file there was left as it is."
        case .tooNew:
            """
            Use the newer printlapse that wrote the archive. If none did, its header is damaged, and “printlapse verify --repair” \
            puts it right.
            """
        case .tooOld:
            "Bring it, or a copy of it, up to date first: “printlapse verify --quick --archive” with its path."
        case .damaged: "Run “printlapse verify” to see what is damaged, and restore it from a backup."
        case .diskFull:
            """
            “printlapse prune --apply” makes room, also on a full disk, by the reserve that captures keep beside the archive; or free \
            a few megabytes on the device, and do it again.
            """
        case .readOnly: "Make the file and its folder writable for this user."
        case .replaced: "Put the file back, and start again."
        case .logRemoved(_, let isSaved):
            "Leave -wal and -shm alone while a printlapse runs. Start it again"
                + (isSaved ? "." : "; “printlapse verify” then says what is damaged.")
        case .severalNames(let path, _):
            """
            Find the others with “find / -samefile \(path)” and remove them, or use a copy: a hard link is none, \
            “printlapse backup” makes one.
            """
        case .busy: "End the program that holds a transaction open, such as a sqlite3 shell after BEGIN."
        case .io:
            """
            Check the device and its file system (dmesg) and the limit of open files (ulimit -n), then start again: the archive \
            recovers when it is opened.
            """
        case .offloaded: "“printlapse recall” brings pictures back into the archive."
        case .store(_, _, let hint): hint
        case .packMissing, .packDamaged:
            """
            Bring it back from a copy of the store, or have its pictures from a backup made before they were offloaded: \
            “printlapse verify --repair --from BACKUP”.
            """
        case .elsewhere:
            "It can be read here once it is in a pack: “offload” and then “publish” on that machine, and “follow” here, bring it so far."
        case .followed:
            "Do it there: the next “follow” brings it here. To capture or import here, use another camera’s name."
        case .closed: "Open it again."
        case .noSuchFrame, .noSuchFrames: "List the frames there are with “printlapse frames”."
        case .noSuchPrint: "List the prints there are with “printlapse prints”."
        }
    }

    /// What the capture job does about it.
    public var disposition: Disposition {
        switch self {
        case .diskFull, .busy, .store, .packMissing, .packDamaged: .wait(atLeast: nil)
        case .noSuchFrame, .noSuchPrint, .noSuchFrames: .skipSlot
        // What cannot be written is written no sooner for being tried seldom.
        case .notFound, .inUse, .notAnArchive, .tooNew, .tooOld, .damaged, .replaced, .logRemoved, .severalNames, .io,
            .readOnly, .offloaded, .elsewhere, .followed, .closed:
            .stop
        }
    }
}
