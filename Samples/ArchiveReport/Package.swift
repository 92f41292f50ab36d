// swift-tools-version: 6.2
import PackageDescription

// A program of your own on Printlapse's libraries. Here the package lies beside it; elsewhere give its address:
//   .package(url: "https://…/printlapse.git", from: "1.0.0")
let package = Package(
    name: "ArchiveReport",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "printlapse", path: "../..")
    ],
    targets: [
        .executableTarget(
            name: "ArchiveReport",
            dependencies: [
                .product(name: "Catalog", package: "printlapse"),
                .product(name: "Tunnel", package: "printlapse"),
            ])
    ]
)
