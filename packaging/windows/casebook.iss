; Inno Setup 6: an installer for one person, without an administrator. Built by packaging/build_app.py where ISCC is there.
; Not yet run on Windows.
#define Name "Casebook"
[Setup]
AppId={{6E0C2B0D-5B6A-4C0E-9B7B-3E6C1C8D5A11}
AppName={#Name}
AppVersion={#Version}
AppPublisher=Casebook contributors
DefaultDirName={autopf}\{#Name}
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
DisableProgramGroupPage=yes
ChangesAssociations=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\build
OutputBaseFilename=casebook_{#Version}_setup
Compression=lzma2/max
SolidCompression=yes
UninstallDisplayIcon={app}\casebook.exe
[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"
[Files]
Source: "..\..\build\app\casebook\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\casebook.exe"
[Registry]
Root: HKA; Subkey: "Software\Classes\.casebook-backup"; ValueType: string; ValueData: "Casebook.Backup"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Casebook.Backup"; ValueType: string; ValueData: "Casebook backup"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Casebook.Backup\shell\open\command"; ValueType: string; ValueData: """{app}\casebook.exe"" ""%1"""
[Run]
Filename: "{app}\casebook.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: postinstall nowait skipifsilent
