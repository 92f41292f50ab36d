// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (Context.environment["WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)])

// What goes over every byte of a picture or a file is most of what the tests would reckon in a debug build; elsewhere an optimized
// build costs more than it saves. Flags of this kind are not for packages that others depend on, so they are for who asks
// (scripts/test).
let reckoning: [SwiftSetting] =
    settings
    + (Context.environment["PRINTLAPSE_QUICK_TESTS"] == nil
        ? [] : [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))])

let bytes = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let database = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

// A commit of which the program says that it was built of it. It is told to one small file, so that another one rebuilds nothing
// else.
let commit: [CSetting] =
    Context.environment["PRINTLAPSE_COMMIT"].map {
        [.define("PRINTLAPSE_COMMIT", to: "\"\($0)\"")]
    } ?? []

// Who makes the documentation needs a plugin that nobody else should have to fetch (scripts/documentation).
let documentation: [Package.Dependency] =
    Context.environment["PRINTLAPSE_DOCUMENTATION"] == nil
    ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin.git", exact: "1.5.0")]

/// A stage in the path of a frame, with a test target that mirrors it.
func stage(_ name: String, _ dependencies: [Target.Dependency], settings: [SwiftSetting] = settings) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies + ["TestSupport", "TestThreads"], swiftSettings: settings)
}

// The targets stand in the order in which a frame travels.
let package = Package(
    name: "printlapse",
    products: [
        .executable(name: "printlapse", targets: ["printlapse"]),
        .library(name: "Tunnel", targets: ["Tunnel", "HTTP", "Vocabulary"]),
        .library(name: "Catalog", targets: ["Catalog", "Vocabulary"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", exact: "1.0.2", traits: []),
    ] + documentation,
    targets: [
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        stage("Vocabulary", ["CCrypto", bytes]),
        stage(
            "HTTP",
            [
                "CCrypto", "Vocabulary", bytes,
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]),
        stage(
            "Tunnel",
            [
                "HTTP", "Vocabulary", bytes,
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        stage("Budget", ["Vocabulary"]),
        stage("Snapshots", ["HTTP", "Tunnel", "Vocabulary", bytes]),
        .target(name: "CTurboJPEG", linkerSettings: [.linkedLibrary("turbojpeg"), .linkedLibrary("jpeg")]),
        .target(name: "CEntropyScan"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        stage("Formats", ["CZlib", "Vocabulary", bytes], settings: reckoning),
        stage(
            "Validation", ["CEntropyScan", "CTurboJPEG", "Formats", "Vocabulary", bytes], settings: reckoning),
        stage("Deduplication", ["Validation", "Vocabulary", bytes]),
        .target(name: "CFileSystem"),
        stage(
            "Archive", ["CFileSystem", "Deduplication", "Vocabulary", bytes, database]),
        stage("Storage", ["Archive", "Deduplication", "Validation", "Vocabulary", bytes, database, sqlite]),
        .target(name: "CHashScan"),
        stage("Catalog", ["Archive", "CHashScan", "Formats", "Vocabulary", bytes, database, sqlite]),
        stage(
            "Stores",
            [
                "CCrypto", "CFileSystem", "HTTP", "Vocabulary", bytes,
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        stage(
            "Care",
            [
                "Archive", "Catalog", "CFileSystem", "CTurboJPEG", "Deduplication", "Storage", "Validation",
                "Vocabulary", bytes, database,
            ]),
        stage("Timelapses", ["Archive", "Vocabulary"]),
        stage(
            "Packs",
            ["Archive", "Care", "Catalog", "CZlib", "Formats", "Storage", "Stores", "Vocabulary", bytes, database]),
        stage(
            "Machines",
            ["Archive", "CZlib", "Formats", "Storage", "Stores", "Vocabulary", bytes, database]),
        .systemLibrary(
            name: "CFreeType", pkgConfig: "freetype2",
            providers: [.apt(["libfreetype-dev", "libfontconfig-dev"])]),
        stage(
            "Import", ["Archive", "CZlib", "Deduplication", "Formats", "Storage", "Validation", "Vocabulary", bytes]),
        stage(
            "Export",
            [
                "Archive", "Catalog", "CFileSystem", "CFreeType", "CTurboJPEG", "CZlib", "Deduplication", "Formats",
                "Validation", "Vocabulary", bytes,
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        .target(name: "CClock"),
        stage(
            "Capture",
            [
                "Archive", "Budget", "Care", "CClock", "Deduplication", "HTTP", "Snapshots", "Storage", "Tunnel",
                "Validation", "Vocabulary", bytes,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        stage(
            "Monitoring",
            [
                "Archive", "Budget", "Capture", "HTTP", "Storage", "Vocabulary", bytes,
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        .target(name: "CGalleryAssets", exclude: ["assets"]),
        stage(
            "Gallery",
            [
                "Catalog", "CGalleryAssets", "CCrypto", "CTurboJPEG", "Formats", "Vocabulary", bytes, database,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        stage(
            "Settings",
            [
                "Budget", "Capture", "Care", "Deduplication", "Gallery", "HTTP", "Monitoring", "Stores", "Timelapses",
                "Vocabulary",
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "Simulator",
            dependencies: [
                "CCrypto", "CTurboJPEG", "Vocabulary", bytes,
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: reckoning),
        .target(name: "CCommit", cSettings: commit),
        .executableTarget(
            name: "printlapse",
            dependencies: [
                "CCommit",
                "Archive", "Budget", "Capture", "Care", "Catalog", "Settings", "Deduplication", "Export",
                "Gallery", "HTTP", "Import", "Machines", "Monitoring", "Packs", "Simulator", "Snapshots", "Storage",
                "Stores",
                "Timelapses", "Tunnel", "Validation", "Vocabulary", bytes,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        // The sample of a program on the libraries, as such a program sees them: no more than is public. Its own package, which
        // says how to depend on this one, would build everything once more.
        .executableTarget(
            name: "ArchiveReport", dependencies: ["Catalog", "HTTP", "Tunnel", "Vocabulary"],
            path: "Samples/ArchiveReport/Sources/ArchiveReport", packageAccess: false,
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .target(
            name: "TestSupport",
            dependencies: [
                "Archive", "CTurboJPEG", "HTTP", "Simulator", "Vocabulary", bytes,
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/TestSupport", swiftSettings: reckoning),
        .target(name: "TestThreads", path: "Tests/TestThreads", swiftSettings: settings),
        .target(
            name: "CaptureSupport", dependencies: ["Capture", "Vocabulary"], path: "Tests/CaptureSupport",
            swiftSettings: settings),
        .executableTarget(
            name: "Benchmark",
            dependencies: [
                "Archive", "Budget", "Capture", "CaptureSupport", "Care", "Catalog", "CCrypto", "CTurboJPEG",
                "Deduplication", "Export", "HTTP", "Import", "Machines", "Simulator", "Snapshots", "Storage", "Stores",
                "TestSupport", "Tunnel", "Validation", "Vocabulary", bytes, database,
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/Benchmark", swiftSettings: settings),
        .executableTarget(
            name: "ArchiveWriter",
            dependencies: [
                "Archive", "Deduplication", "Storage", "TestSupport", "Validation", "Vocabulary", bytes,
            ],
            path: "Tests/ArchiveWriter", swiftSettings: settings),
        .executableTarget(
            name: "StoreWriter", dependencies: ["Stores", "Vocabulary", bytes], path: "Tests/StoreWriter",
            swiftSettings: settings),
        tests("Vocabulary", ["Vocabulary"]),
        tests("HTTP", ["HTTP", "Vocabulary", bytes]),
        tests(
            "Tunnel",
            ["HTTP", "Simulator", "Tunnel", "Vocabulary", bytes, .product(name: "NIOPosix", package: "swift-nio")]),
        tests("Budget", ["Budget", "Vocabulary"]),
        tests("Snapshots", ["HTTP", "Snapshots", "Tunnel", "Vocabulary"]),
        tests("Formats", ["Formats", "Archive", "Vocabulary", bytes]),
        tests("Validation", ["Validation", "CTurboJPEG", "Vocabulary"]),
        tests("Deduplication", ["Deduplication", "Validation", "Vocabulary"]),
        .target(name: "CPowerLoss", path: "Tests/CPowerLoss", linkerSettings: [.linkedLibrary("sqlite3")]),
        tests(
            "Archive",
            [
                "Archive", "ArchiveWriter", "Care", "CPowerLoss", "CTurboJPEG", "Deduplication", "Storage",
                "Validation", "Vocabulary", database,
            ]),
        tests(
            "Catalog",
            ["Catalog", "Archive", "Care", "Deduplication", "Storage", "Validation", "Vocabulary", database]),
        tests("Stores", ["HTTP", "Stores", "StoreWriter", "Vocabulary", bytes]),
        tests("Timelapses", ["Timelapses", "Archive", "Vocabulary"]),
        tests(
            "Import",
            [
                "Import", "Archive", "Care", "Catalog", "CZlib", "Deduplication", "Formats", "Storage", "Validation",
                "Vocabulary", bytes, database,
            ]),
        tests(
            "Packs",
            [
                "Packs", "Archive", "Care", "Catalog", "Deduplication", "Export", "Formats", "Storage", "Stores",
                "Validation", "Vocabulary", bytes, database,
            ]),
        tests(
            "Machines",
            [
                "Machines", "Archive", "Care", "Catalog", "Deduplication", "Packs", "Storage", "Stores", "Validation",
                "Vocabulary", bytes, database,
            ]),
        tests(
            "Export",
            [
                "Export", "Catalog", "Archive", "Care", "Deduplication", "Formats", "Simulator", "Storage",
                "Validation", "Vocabulary",
            ]),
        tests(
            "Capture",
            [
                "Capture", "CaptureSupport", "Care", "Catalog", "Archive", "Budget", "Deduplication", "HTTP",
                "Simulator", "Snapshots", "Storage", "Tunnel", "Vocabulary",
            ]),
        tests(
            "Monitoring",
            [
                "Monitoring", "Archive", "Budget", "Capture", "Deduplication", "HTTP", "Storage", "Validation",
                "Vocabulary", bytes, database,
            ]),
        tests(
            "Gallery",
            [
                "Gallery", "Archive", "Care", "Catalog", "CGalleryAssets", "CTurboJPEG", "Deduplication", "Formats",
                "Storage", "Validation", "Vocabulary", bytes, database,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        tests(
            "Settings",
            [
                "Budget", "Capture", "Care", "Settings", "Deduplication", "Gallery", "Monitoring", "Stores",
                "Timelapses", "Vocabulary",
            ]),
        tests(
            "Simulator",
            ["CTurboJPEG", "Simulator", "Vocabulary", bytes, .product(name: "NIOPosix", package: "swift-nio")]),
        tests(
            "Printlapse",
            [
                "printlapse", "Archive", "ArchiveWriter", "Budget", "Capture", "CCommit", "Care", "Catalog",
                "Deduplication", "Export", "Gallery", "HTTP", "Import", "Monitoring", "Packs", "Settings",
                "Simulator", "Snapshots", "Storage", "Stores", "Timelapses", "Tunnel", "Validation", "Vocabulary",
                database,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    cLanguageStandard: .gnu2x
)
