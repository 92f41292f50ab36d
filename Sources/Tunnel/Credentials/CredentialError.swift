public import Vocabulary

/// Why stored credentials are not used, or could not be stored. No case holds a credential.
public enum CredentialError: ExplainedError, Hashable {
    /// Others may read the file. `mode`: its permission bits.
    case readableByOthers(path: String, mode: UInt32)
    /// Others may put another file in its place.
    case folderWritableByOthers(path: String, mode: UInt32)
    case symbolicLink(path: String)
    /// A folder, a pipe or a device stands where the file should.
    case notAFile(path: String)
    case ofAnotherOwner(path: String)
    /// The content is not what this program writes; `what` says where.
    case damaged(path: String, what: String)
    /// What should hold an API key of OctoPrint holds none; `source`: a variable or a file.
    case noKey(source: String)
    case tooNew(path: String, version: Int)
    /// Another process keeps the file locked for longer than saving takes.
    case busy(path: String)
    /// A system call failed.
    case system(call: String, path: String, reason: String)

    /// A short constant for logs and metrics.
    public var label: String {
        switch self {
        case .readableByOthers: "credentials_readable_by_others"
        case .folderWritableByOthers: "credentials_folder_writable_by_others"
        case .symbolicLink: "credentials_symbolic_link"
        case .notAFile: "credentials_not_a_file"
        case .ofAnotherOwner: "credentials_of_another_owner"
        case .damaged: "credentials_damaged"
        case .noKey: "credentials_no_key"
        case .tooNew: "credentials_too_new"
        case .busy: "credentials_busy"
        case .system: "credentials_system"
        }
    }

    public var description: String {
        switch self {
        case .readableByOthers(let path, let mode):
            "\(path.printable) holds credentials and can be read by others (mode \(octal(mode)))."
        case .folderWritableByOthers(let path, let mode):
            "The folder \(path.printable) holds credentials and can be changed by others (mode \(octal(mode)))."
        case .symbolicLink(let path): "\(path.printable) is a symbolic link; credentials are not read through one."
        case .notAFile(let path): "\(path.printable) is not a plain file."
        case .ofAnotherOwner(let path): "\(path.printable) belongs to another user."
        case .damaged(let path, let what): "\(path.printable) cannot be understood: \(what)."
        case .noKey(let source): "\(source.printable) holds no API key of OctoPrint."
        case .tooNew(let path, let version):
            "\(path.printable) was written by a newer version of the program (format \(version))."
        case .busy(let path): "Another process keeps \(path.printable) locked."
        case .system(let call, let path, let reason): "Cannot \(call) \(path.printable): \(reason)."
        }
    }

    /// What the person does now.
    public var hint: String {
        switch self {
        case .readableByOthers(let path, _):
            "Run “chmod 600 \(path.printable)”. If others could read it until now, revoke its tunnels on the server (Preferences → Authorized Apps) and authorize again."
        case .folderWritableByOthers(let path, _): "Run “chmod 700 \(path.printable)”."
        case .symbolicLink: "Put the file itself there, or name another folder by XDG_CONFIG_HOME."
        case .notAFile:
            "Put a plain file there; what another program writes can be piped in. The credentials' own file is made by “printlapse authorize”."
        case .ofAnotherOwner: "Run the program as that user, or make the file your own by chown."
        case .damaged: "Move it away and authorize again, or bring it back from a backup."
        case .noKey:
            "A key is one word of letters and digits; OctoPrint makes them in its settings under Application Keys."
        case .tooNew: "Use that version of the program."
        case .busy: "End the other “printlapse authorize”, then run it again."
        case .system: "Check the disk and the permissions."
        }
    }

    private func octal(_ mode: UInt32) -> String { String(mode, radix: 8) }
}
