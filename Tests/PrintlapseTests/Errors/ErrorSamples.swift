import Archive
import Budget
import Care
import Gallery
import HTTP
import Import
import Machines
import Monitoring
import Packs
import Settings
import Simulator
import Snapshots
import Stores
import Timelapses
import Tunnel
import Vocabulary

@testable import Export
@testable import printlapse

/// An error of each case of each type that a person may be shown. A test counts them against the sources.
struct ErrorSamples {
    let all: [any ExplainedError]

    init() throws {
        let tunnel = try TunnelEndpoint(parsing: "https://user:word@tunnel.example.com").origin
        all =
            Self.archive + Self.export + Self.care(try RetentionTier(parsing: "1w:1m"), try CameraName("printer"))
            + Self.ours + Self.timelapses
            + (try Self.stores(tunnel)) + Self.packs + Self.machines + Self.http(tunnel) + Self.tunnel(tunnel)
            + Self.monitoring
            + [
                try Self.thrown { try MetricsAddress(parsing: "nowhere") },
                try Self.thrown { try ConfigurationFile.parse("camera: 1", file: "config.yaml") },
            ]
    }

    private static func thrown(_ body: () throws -> some Any) throws -> any ExplainedError {
        do {
            _ = try body()
        } catch let error as any ExplainedError {
            return error
        }
        throw CancellationError()
    }

    private static let instant = Timestamp(milliseconds: 1_800_000_000_000)
    private static let path = "/srv/archive.sqlite"
    private static let bytes = ByteCount(1_000_000)

    private static let archive: [ArchiveError] = [
        .notFound(path: path), .inUse(path: path, holder: .current(program: "printlapse capture")),
        .notAnArchive(path: path, reason: "it is a text"), .tooNew(path: path, version: 99),
        .tooOld(path: path, version: 1), .damaged(path: path, what: "frame 3"), .diskFull(path: path),
        .readOnly(path: path, reason: "the file system is"), .replaced(path: path),
        .logRemoved(path: path, isSaved: false), .severalNames(path: path, count: 2), .busy(path: path),
        .io(path: path, reason: "input/output error"), .closed, .noSuchFrame(FrameID(7)), .noSuchPrint(3),
        .noSuchFrames, .offloaded(path: path, store: "/mnt/nas"),
        .store(location: "/mnt/nas", reason: "It is not there.", hint: "Mount it."),
        .packMissing(location: "/mnt/nas", pack: "0123/printer/20261123T140500.250Z-ab.zip"),
        .packDamaged(location: "/mnt/nas", pack: "0123/printer/20261123T140500.250Z-ab.zip"),
        .elsewhere(path: path, machine: "rack 7"), .followed(camera: "printer", machine: "rack 7"),
    ]

    private static let machines: [MachineError] = [
        .neverPublished, .fork(machine: "rack 7", store: "/mnt/nas", generation: 1, segment: 31),
        .otherStore(known: "/mnt/nas", given: "/mnt/other", segment: 30),
        .notAsWritten(store: "/mnt/nas", name: "catalog/segments/0123"),
        .file(path: path + "-segment", call: "write", reason: "no space is left on the device"),
        .missing(machine: "rack 7", segment: 12, store: "/mnt/nas"),
        .wrongBytes(machine: "rack 7", segment: 12, store: "/mnt/nas"),
        .unreadable(machine: "rack 7", segment: 12, problem: "line 3 is not what it should be"),
        .newer(machine: "rack 7", segment: 12, version: 2), .forked(machine: "rack 7", generation: 1, segment: 12),
        .cameraTaken(machine: "rack 7", camera: "printer", owner: nil),
        .notRenamed(machine: "rack 7", camera: "printer", called: "printer 7"),
        .notRenamed(machine: "rack 7", camera: "printer", called: nil),
        .notFollowed(machine: "rack 8", known: ["rack 7"]),
        .sameName(machine: "rack 7", known: ["0123456789abcdef", "fedcba9876543210"]),
    ]

    private static let packs: [PackError] = [
        .file(path: path + "-pack", call: "write", reason: "no space is left on the device"),
        .notOnRecord(location: "/mnt/nas", known: ["/mnt/old"]),
        .notAsWritten(store: "/mnt/nas", pack: "0123/printer/pack.zip"), .nothingAsked,
        .noRoom(path: path, wanted: bytes, free: .zero),
    ]

    private static func stores(_ origin: Origin) throws -> [StoreError] {
        guard let name = ObjectName(rawValue: "0123/printer/pack.zip") else { return [] }
        let store = try StoreLocation("/mnt/nas")
        return [
            .location(problem: "it is empty"), .noFolder(store), .notPrepared(store), .noBucket(store),
            .otherRegion(store, region: "eu-west-1"), .slow(store, within: .seconds(60)),
            .busy(store, code: "SlowDown", tried: .seconds(60)), .noCredentials(store),
            .credentialsFile(path: "/root/.aws/credentials", problem: "it has no key"),
            .refused(store, code: "AccessDenied"), .expired(store),
            .clockSkew(store, server: instant, own: instant + .seconds(3600)), .full(store), .missing(store, name),
            .wrongBytes(store, name, problem: "it ends too soon"), .invalidAnswer(store, problem: "it is a web page"),
            .failing(store, reason: "input/output error"),
            .system(store, call: "write", reason: "permission is denied"),
            .file(path: path + "-pack", problem: "it has changed"), .cancelled,
        ] + http(origin).prefix(1).map { .unreachable(store, $0) }
    }

    private static let timelapses: [TimelapseRuleError] = [
        .timeOfDay("25:61"), .name("{nothing}.mp4", reason: "there is no field of that name"),
    ]

    private static let leftOut: LeftOutFrames = {
        var leftOut = LeftOutFrames()
        leftOut.dark = 3
        return leftOut
    }()

    private static let export: [ExportError] = [
        .unsupportedEnding(".wmv"), .unusableOutput("", reason: "it is empty"), .outputExists("a.mp4"),
        .notReplaced("frames", reason: "it is a folder"), .noSuchFolder("out"), .unusablePace("a rate of 0 is none"),
        .unusableSelection("“every 0th frame” means nothing"), .unusableName("{n", reason: "a { has no }"),
        .notForOutput(.deflicker, [.pictures, .lossless]), .notStreamed(.mp4),
        .unusableVideo("AVI is written with the stored JPEGs alone", hint: "Use .mkv."), .outputTwice("a.mp4"),
        .tooLarge("a.mp4", size: bytes, most: bytes), .fontMissing, .unusableSheet("“0 columns” means nothing"),
        .noFrames,
        .allLeftOut(leftOut), .nothingReadable(3), .ffmpegMissing, .ffmpegTooOld(version: "3", needed: "4.3"),
        .ffmpegLacksEncoder("libx264"), .ffmpegFailed(status: "ended with 1", lastLines: ["no room"]),
        .ffmpegStalled(.seconds(120), lastLines: []), .ffmpegSilent(.seconds(10), question: "-version"),
        .noRoom("a.mp4", needed: bytes, free: .zero), .diskFull("a.mp4"), .readerGone,
        .fileSystem("open", path: "a.mp4", reason: "permission denied"),
        .archive(description: "it is damaged", hint: "Run “printlapse verify”."), .interrupted,
    ]

    private static func care(_ tier: RetentionTier, _ camera: CameraName) -> [any ExplainedError] {
        let backup: [BackupError] = [
            .sameFile(path: path), .occupied(path: path, reason: "it is a folder"),
            .noRoom(path: path, needed: bytes, free: .zero), .failed(path: path, reason: "permission denied"),
            .damaged(problems: ["frame 3"]),
        ]
        let policy: [RetentionPolicyError] = [.tier("1x"), .order(tier, after: tier), .noAge]
        let shift: [TimeShiftError] = [
            .noFrames(FrameID(1)...FrameID(2)), .tooFar,
            .occupied(camera: camera, from: instant, until: instant + .seconds(60)),
        ]
        let journal: [VerifyJournalError] = [
            .nothingToResume(path: path), .unreadable(path: path), .ofAnotherArchive(path: path),
            .otherRequest(path: path, was: ""), .tooOld(path: path, age: .seconds(90_000)),
        ]
        let pictures: [ImportError] = [
            .unreadable(path: "a.zip", reason: "it ends early"), .unknownKind(path: "a.txt"), .timeZone("Mars"),
        ]
        return backup + policy + shift + journal + pictures
    }

    private static let ours: [any ExplainedError] = {
        let budget: [BudgetError] = [.capStop("x"), .ownersReserve("x")]
        let words: [VocabularyError] = [
            .cameraName("a/b", reason: "it has a slash"), .machineName("a/b"), .byteCount("x"), .duration("x"),
            .timestamp("x"),
            .note(reason: "it is too long"),
        ]
        let output: [StandardOutput.Failure] = [.readerGone, .notWritten(reason: "no space left on device")]
        let simulator: [SimulatorError] = [
            .cannotListen(port: 80, reason: "permission denied"), .fault("x", reason: "there is none of that name"),
            .settings(reason: "the interval is 0"), .encoding(reason: "out of memory"),
        ]
        return budget + CapReason.allCases.map { BudgetError.capReached(until: instant, reason: $0) } + words + output
            + simulator + [CommandError("there is no camera yet", hint: "Add one.")]
    }()

    private static func http(_ origin: Origin) -> [HTTPError] {
        [
            .address(.noHost, of: .redirect), .announcedOnLoopback(host: origin.host),
            .announcedOnPrivateNetwork(host: origin.host), .redirectedElsewhere(to: origin),
            .redirectedToPlainHTTP(host: origin.host), .tooManyRedirects(of: origin.host),
            .status(.forbidden, from: Respondent("The camera") { _ in "Look at it." }, received: .zero),
            .login(.wanted, received: .zero), .nameNotFound(origin.host), .connectionRefused(origin),
            .noDescriptors(origin), .unreachable(origin, reason: "no route to host"),
            .certificate(.expired, of: origin),
            .certificateFile(path: "ca.pem"), .noAnswer(within: .seconds(10), received: .zero),
            .cutShort(received: bytes),
            .tooLarge(limit: bytes, received: bytes), .compressed("gzip", received: bytes), .notHTTP(origin),
            .cancelled(),
            .shutDown,
        ]
    }

    private static func tunnel(_ origin: Origin) -> [any ExplainedError] {
        let errors: [TunnelError] = [
            .status(.overCap, from: .tunnel, received: .zero), .unreadable(.notJSON(.usage), received: bytes),
            .announced(.nameNotFound(origin.host), at: origin), .http(.connectionRefused(origin)),
        ]
        let authorization: [AuthorizationError] = [
            .appName("", reason: "it is empty"), .cannotListen(reason: "none is free"), .timedOut(after: .seconds(300)),
            .keysNotOffered, .keyDenied,
        ]
        let credentials: [CredentialError] = [
            .readableByOthers(path: path, mode: 0o644), .folderWritableByOthers(path: path, mode: 0o777),
            .symbolicLink(path: path), .notAFile(path: path), .ofAnotherOwner(path: path),
            .damaged(path: path, what: "it is no JSON"), .noKey(source: path), .tooNew(path: path, version: 9),
            .busy(path: path), .system(call: "open", path: path, reason: "permission denied"),
        ]
        let snapshots: [SnapshotError] = [.tunnel(errors[3]), .camera(.shutDown)]
        return errors + authorization + credentials + snapshots
    }

    private static let monitoring: [any ExplainedError] = {
        let delivery: [DeliveryError] = [
            .programNotFound("tell"), .notStarted("tell", reason: "permission denied"), .exited("tell", status: "1"),
            .tookTooLong("tell", limit: .seconds(30)),
        ]
        let handlers: [EventHandlerError] = [.noProgram, .notAProgram("a b"), .unknownEvent("x")]
        let services: [ServiceManagerError] = [.address, .notSent(reason: "connection refused")]
        let gallery: [GalleryServerError] = [
            .cannotListen(at: .standard, reason: "the port is in use"), .certificate("a.pem", reason: "it is none"),
        ]
        return delivery + handlers + services + gallery
    }()
}
