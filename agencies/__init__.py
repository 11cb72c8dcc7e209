"""The roster (構成員名簿): agencies, the domains they cover, and the people who may be asked to sit."""
