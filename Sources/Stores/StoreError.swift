package import HTTP
package import Vocabulary

/// Why a store did not do what was asked. No case holds a credential, nor what a server wrote beside its error's code.
package enum StoreError: ExplainedError, Hashable {
    /// A text names no store.
    case location(problem: String)
    /// The folder is not there: its disk is not mounted, or it was never made.
    case noFolder(StoreLocation)
    /// The folder is there without the marker of a store: what is mounted there may be away.
    case notPrepared(StoreLocation)
    case noBucket(StoreLocation)
    /// The bucket is another region's; `region`: what the server names.
    case otherRegion(StoreLocation, region: String?)
    /// No connection, or what answers is none that can be talked to.
    case unreachable(StoreLocation, HTTPError)
    /// Nothing, or not all, came within this time, however often it was asked for.
    case slow(StoreLocation, within: Duration)
    /// The server asked for fewer requests, or failed inside, for as long as it was tried.
    case busy(StoreLocation, code: String, tried: Duration)
    /// No credentials are to be found.
    case noCredentials(StoreLocation)
    /// What should hold credentials cannot be used.
    case credentialsFile(path: String, problem: String)
    /// The credentials are refused; `code`: the server's word.
    case refused(StoreLocation, code: String)
    /// The credentials were good for a while that is over, and there are no newer ones.
    case expired(StoreLocation)
    /// The clocks of the two are too far apart for signatures.
    case clockSkew(StoreLocation, server: Timestamp?, own: Timestamp)
    case full(StoreLocation)
    /// There is no such object (any more).
    case missing(StoreLocation, ObjectName)
    /// What is there, or what came, is not what was put there.
    case wrongBytes(StoreLocation, ObjectName, problem: String)
    /// The store gave an answer that is none to what was asked.
    case invalidAnswer(StoreLocation, problem: String)
    /// The device or the server behind a folder fails: EIO, ESTALE and their like.
    case failing(StoreLocation, reason: String)
    /// A system call failed on a store's folder.
    case system(StoreLocation, call: String, reason: String)
    /// The file that was to be put there cannot be read, or is not what it was said to be.
    case file(path: String, problem: String)
    case cancelled

    /// A short constant for logs and metrics.
    package var label: String {
        switch self {
        case .location: "store_location"
        case .noFolder: "store_no_folder"
        case .notPrepared: "store_not_prepared"
        case .noBucket: "store_no_bucket"
        case .otherRegion: "store_other_region"
        case .unreachable: "store_unreachable"
        case .slow: "store_slow"
        case .busy: "store_busy"
        case .noCredentials: "store_no_credentials"
        case .credentialsFile: "store_credentials_file"
        case .refused: "store_refused"
        case .expired: "store_expired"
        case .clockSkew: "store_clock_skew"
        case .full: "store_full"
        case .missing: "store_missing"
        case .wrongBytes: "store_wrong_bytes"
        case .invalidAnswer: "store_invalid_answer"
        case .failing: "store_failing"
        case .system: "store_system"
        case .file: "store_file"
        case .cancelled: "store_cancelled"
        }
    }

    package var description: String {
        switch self {
        case .location(let problem): "This is no store: \(problem)."
        case .noFolder(let store): "The store's folder \(store) is not there."
        case .notPrepared(let store): "The folder \(store) has no file “\(FolderStore.marker)”, which every store has."
        case .noBucket(let store): "There is no bucket at \(store)."
        case .otherRegion(let store, let region):
            "The bucket of \(store) is of another region" + (region.map { ": \($0.printable)." } ?? ".")
        case .unreachable(let store, let error): "The store \(store) cannot be reached: \(error.description.asSentence)"
        case .slow(let store, let within): "The store \(store) did not answer in full within \(within.shortText)."
        case .busy(let store, let code, let tried):
            "The store \(store) is busy (\(code.printable)), and still was after \(tried.shortText)."
        case .noCredentials(let store): "There are no credentials for \(store)."
        case .credentialsFile(let path, let problem): "Credentials in \(path.printable) cannot be used: \(problem)."
        case .refused(let store, let code): "The store \(store) refuses the credentials (\(code.printable))."
        case .expired(let store): "The credentials for \(store) have expired."
        case .clockSkew(let store, let server, let own):
            "The clock of \(store) says \(server.map(\.description) ?? "another time"), and this machine's \(own)."
        case .full(let store): "The store \(store) is full."
        case .missing(let store, let name): "\(name) is not in \(store) any more."
        case .wrongBytes(let store, let name, let problem): "\(name) in \(store) is not what was put there: \(problem)."
        case .invalidAnswer(let store, let problem): "The store \(store) gave no usable answer: \(problem.printable)."
        case .failing(let store, let reason): "The disk or server behind \(store) fails: \(reason)."
        case .system(let store, let call, let reason): "Cannot \(call) in \(store): \(reason)."
        case .file(let path, let problem): "\(path.printable) cannot be put into a store: \(problem)."
        case .cancelled: "It was cancelled."
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .location:
            "Name a folder, or a bucket as s3://BUCKET/PREFIX, with ?endpoint=https://HOST:PORT for a server of your own."
        case .noFolder:
            "Mount it, or make the folder; it is never made here, as an unmounted one would be filled in its place."
        case .notPrepared:
            "If it is on a network or another disk, check that this is mounted. A folder that has never been a store is made one by the first “printlapse offload” or “publish”."
        case .noBucket: "Check its name and the endpoint, or make the bucket with the server's own tools."
        case .otherRegion: "Write the bucket's own region as ?region= behind its name."
        case .unreachable(_, .cutShort): "Check the network between. Nothing was lost; run it again later."
        case .unreachable(_, let error): error.hint
        case .slow: "Check the network and the server. Nothing was lost; run it again later."
        case .busy: "Wait until the server has less to do, or ask who runs it. Nothing was lost; run it again later."
        case .noCredentials:
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write them into ~/.aws/credentials, or hand that file over as systemd's credential “s3”."
        case .credentialsFile: "Write aws_access_key_id and aws_secret_access_key below a line [default]."
        case .refused: "Check the access key, its secret, and what they may do in this bucket."
        case .expired: "Get new credentials, then run it again."
        case .clockSkew: "Set the clock that is wrong; systemd-timesyncd or chrony keep one right."
        case .full: "Make room there, or have the quota raised. Nothing was removed here."
        case .missing: "Bring it back from a copy of the store; somebody else has removed it."
        case .wrongBytes: "Bring it back from a copy of the store, and check the store's disks."
        case .invalidAnswer: "Check that the endpoint is the server's S3 interface, and no proxy's or web page's."
        case .failing: "Check the disk, or the server and the network between; mount it again where it says “stale”."
        case .system: "Check the folder, its permissions and its disk."
        case .file: "Check this machine's disk, then run it again."
        case .cancelled: "Nothing to do."
        }
    }
}
